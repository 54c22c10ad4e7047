import { randomUUID } from 'node:crypto';
import type { DomainEvent } from 'src/common/events/domain-event';
import {
  DiscoveryAccepted,
  DiscoveryCancelled,
  DiscoveryRejected,
  DiscoveryRequested,
} from 'src/modules/booking/requests/request.events';
import {
  CertificationRejected,
  CertificationVerified,
  RelationEnded,
  RelationPaused,
  RelationResumed,
} from 'src/modules/coach/coach.events';
import {
  PackageCreated,
  PackageExhausted,
  PackageExpiring,
  PackageLow,
  PackagePurchased,
  PaymentLate,
  PaymentRecorded,
} from 'src/modules/payment/payment.events';
import {
  WaitlistCancelled,
  WaitlistExpired,
  WaitlistJoined,
  WaitlistOffered,
} from 'src/modules/waitlist/waitlist.events';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { entryOf, packOf, paymentOf, requestOf } from './facts';
import { publish, sessionOf } from './publishing';
import { plain } from './stories/wording';

/** Ten in the morning in Paris, nine in London. */
const NOW = '2026-03-02T09:00:00Z';
const AT = new Date(NOW);
const LATER = new Date('2026-03-02T09:30:00Z');
const DUE = new Date('2026-02-27T09:00:00Z');

describe('the messages about packages, payments, relations, certifications, requests and queues', () => {
  let app: TestApp;
  let client: TestPerson;
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    client = await app.register({ first_name: 'Zoé', locale: 'en-GB', timezone: 'Europe/London' });
    coach = await app.register({ first_name: 'Marc', role: 'coach', locale: 'fr-FR', timezone: 'Europe/Paris' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    await app.messages();
    await app.http.delete('/sandbox/messages').expect(204);
  });

  const pack = () => packOf(coach, client, AT);
  const payment = (packageId: string | null = null) => paymentOf(coach, client, AT, packageId);
  const request = () => requestOf(coach, client, AT);
  const entry = () => entryOf(coach, client, AT);
  const told = async (): Promise<string[]> =>
    (await app.messages())
      .map(({ user_id, channel, data }) => {
        const who = user_id === client.id ? 'client' : user_id === coach.id ? 'coach' : 'somebody';
        return `${who} ${channel === 'push' ? (data?.['type'] ?? '') : channel}`;
      })
      .sort();

  const CASES: [string, () => DomainEvent, string[]][] = [
    ['a package that the coach makes', () => new PackageCreated(pack()), ['client package_created']],
    ['a package that the client buys', () => new PackagePurchased(pack(), randomUUID()), ['coach package_purchased']],
    ['few sessions left', () => new PackageLow(pack(), 2, 9), ['client package_low', 'coach package_low']],
    [
      'no session left',
      () => new PackageExhausted(pack(), 0, 11),
      ['client package_exhausted', 'coach package_exhausted'],
    ],
    [
      'a package that expires',
      () => new PackageExpiring(pack(), 3, '2026-03-09'),
      ['client email', 'client package_expiring'],
    ],
    ['a payment', () => new PaymentRecorded(payment(), 0), ['client payment_recorded']],
    [
      'a late payment, mailed to who owes it alone',
      () => new PaymentLate(payment(), DUE),
      ['client email', 'client payment_late', 'coach payment_late'],
    ],
    ['a pause', () => new RelationPaused(coach.id, client.id, AT), ['client relation_paused']],
    ['its end', () => new RelationResumed(coach.id, client.id, AT), ['client relation_resumed']],
    ['the end of it all', () => new RelationEnded(coach.id, client.id, AT), ['client relation_ended']],
    [
      'a proof that was found true',
      () => new CertificationVerified(randomUUID(), coach.id, 'BPJEPS', AT),
      ['coach certification_verified'],
    ],
    [
      'a proof that was refused',
      () => new CertificationRejected(randomUUID(), coach.id, 'BPJEPS', 'illegible', AT),
      ['coach certification_rejected'],
    ],
    ['a request', () => new DiscoveryRequested(request(), null, null), ['coach discovery_requested', 'coach email']],
    [
      'a request with a session',
      () => new DiscoveryRequested(request(), sessionOf(client, coach), LATER),
      ['client booking_sent', 'coach discovery_requested', 'coach email'],
    ],
    [
      'a request that was accepted',
      () => new DiscoveryAccepted(request(), null),
      ['client discovery_accepted', 'client email'],
    ],
    [
      'a session for a request',
      () => new DiscoveryAccepted(request(), sessionOf(client, coach)),
      ['client discovery_accepted', 'client email', 'coach session_confirmed'],
    ],
    ['a refusal', () => new DiscoveryRejected(request(), null, 'full'), ['client discovery_rejected']],
    ['a request taken back', () => new DiscoveryCancelled(request(), null), ['coach discovery_cancelled']],
    ['somebody who waits', () => new WaitlistJoined(entry()), ['coach waitlist_joined']],
    ['a place for who waits', () => new WaitlistOffered(entry(), LATER), ['client email', 'client waitlist_available']],
    ['a place that was not taken', () => new WaitlistExpired(entry()), ['client waitlist_expired']],
    ['a slot that is gone', () => new WaitlistCancelled(entry(), 'slot_gone'), ['client waitlist_cancelled']],
    ['a place in the queue lost', () => new WaitlistCancelled(entry(), 'removed'), ['client waitlist_cancelled']],
  ];

  it.each(CASES)('%s reaches exactly whom it concerns, once', async (_, eventOf, expected) => {
    const event = eventOf();
    await publish(app, event, event);
    expect(await told()).toEqual(expected);
  });

  it('carry the keys of their type', async () => {
    const bought = pack();
    const paid = payment(bought.packageId);
    const single = payment();
    const offered = entry();
    const certificationId = randomUUID();
    await publish(
      app,
      new PackagePurchased(bought, paid.paymentId),
      new PackageLow(bought, 2, 9),
      new PackageExpiring(bought, 3, '2026-03-09'),
      new PaymentRecorded(paid, 10),
      new PaymentRecorded(single, 10),
      new RelationPaused(coach.id, client.id, LATER),
      new CertificationVerified(certificationId, coach.id, 'BPJEPS', AT),
      new WaitlistOffered(offered, LATER),
    );
    const data = (await app.messages({ channel: 'push' })).map((message) => message.data);
    const expected = [
      { type: 'package_purchased', package_id: bought.packageId, payment_id: paid.paymentId },
      { type: 'package_low', package_id: bought.packageId, sessions_remaining: '2' },
      { type: 'package_low', package_id: bought.packageId, sessions_remaining: '2' },
      { type: 'package_expiring', package_id: bought.packageId, valid_until: '2026-03-09' },
      { type: 'payment_recorded', payment_id: paid.paymentId, package_id: bought.packageId },
      { type: 'payment_recorded', payment_id: single.paymentId, package_id: '' },
      { type: 'relation_paused', coach_id: coach.id },
      { type: 'certification_verified', certification_id: certificationId },
      {
        type: 'waitlist_available',
        entry_id: offered.entryId,
        coach_id: coach.id,
        scheduled_at: '2026-03-03T09:30:00Z',
        expires_at: '2026-03-02T09:30:00Z',
      },
    ];
    expect(data).toHaveLength(expected.length);
    for (const row of expected)
      expect(data).toContainEqual({ ...row, deep_link: expect.stringMatching(/^mycoach:\/\/[a-z-]+/) as string });
  });

  it('write sums, days and times as their reader does', async () => {
    const bought = pack();
    await publish(
      app,
      new PackageCreated(bought),
      new PackagePurchased(bought, randomUUID()),
      new PackageExpiring(bought, 1, '2026-03-09'),
      new PaymentLate(payment(), DUE),
      new PaymentRecorded(payment(bought.packageId), 10),
    );
    const bodies = (await app.messages({ channel: 'push' })).map(({ body }) => plain(body));
    expect(bodies).toContain('Marc has set up a package for you: Dix séances, 10 sessions, €450.50.');
    expect(bodies).toContain(
      'Zoé a acheté un de vos forfaits : Dix séances, 10 séances. Montant à recevoir : 450,50 €.',
    );
    expect(bodies).toContainEqual(expect.stringMatching(/You can use 1 session until Monday,? 9 March 2026\.$/));
    expect(bodies).toContainEqual(
      expect.stringMatching(/is overdue\. It was due: Friday,? 27 February 2026 at 09:00\.$/),
    );
    expect(bodies).toContain(
      'Le paiement de 450,50 € par Zoé est en retard. Échéance : vendredi 27 février 2026 à 10:00.',
    );
    expect(bodies).toContain('Marc has recorded your payment of €450.50. You can now book 10 sessions.');
  });

  it('wait for the morning where nothing hurries, and only there', async () => {
    await app.setClock('2026-03-02T23:00:00Z');
    await publish(
      app,
      new PackageExpiring(pack(), 1, '2026-03-09'),
      new PaymentLate(payment(), DUE),
      new WaitlistOffered(entry(), new Date('2026-03-02T23:30:00Z')),
      new PackageLow(pack(), 1, 9),
    );
    expect(await told()).toEqual([
      'client email',
      'client package_low',
      'client waitlist_available',
      'coach package_low',
    ]);
    await app.http.delete('/sandbox/messages').expect(204);
    // Midnight in Paris: seven there is an hour before seven in London.
    await app.advance(7 * 3600 - 1);
    expect(await told()).toEqual([]);
    await app.advance(1);
    expect(await told()).toEqual(['coach payment_late']);
    await app.advance(3600);
    expect(await told()).toEqual([
      'client email',
      'client email',
      'client package_expiring',
      'client payment_late',
      'coach payment_late',
    ]);
  });
});
