interface Message {
  id: string;
  channel: string;
  user_id: string | null;
  subject: string | null;
  title: string | null;
  body: string;
  to: string;
}

/** Somebody on the stage, with the key that the server gave. */
export interface Person {
  name: string;
  id: string;
  key: string;
  email: string;
  locale: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const GREY = '\u001b[90m';
const BOLD = '\u001b[1m';
const PLAIN = '\u001b[0m';

/** Plays requests and tells them: who did what, what was answered, what was sent to whom. */
export class Stage {
  private readonly people = new Map<string, string>();
  private readonly seen = new Set<string>();
  private step = 0;

  constructor(
    private readonly url: string,
    private readonly write: (text: string) => void,
    private readonly isColoured: boolean,
  ) {}

  introduce(person: Person): void {
    this.people.set(person.id, `${person.name} (${person.locale})`);
  }

  headline(text: string): void {
    this.step += 1;
    this.write(`\n${this.paint(BOLD, `${String(this.step)}. ${text}`)}\n`);
  }

  note(text: string): void {
    this.write(`   ${text}\n`);
  }

  /** Sends a request, shows it with its answer and everything that was sent because of it. */
  async act(
    who: Person | null,
    method: string,
    path: string,
    body?: object,
    show: (answer: Record<string, unknown>) => string = () => '',
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(who && { 'X-API-Key': who.key }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
    const told = response.ok
      ? show(answer.body)
      : `${String(answer.body['detail'])}: ${String(answer.body['message'])}`;
    this.note(`${who?.name ?? 'Anybody'}: ${method} ${path}`);
    this.note(this.paint(GREY, `→ ${String(response.status)}${told ? `  ${told}` : ''}`));
    await this.tellMessages();
    return answer;
  }

  /** The mailbox of the sandbox, what is new in it, oldest first. */
  async messages(): Promise<Message[]> {
    const response = await fetch(`${this.url}/sandbox/messages?limit=100`);
    const { items } = (await response.json()) as { items: Message[] };
    return items.reverse();
  }

  private async tellMessages(): Promise<void> {
    for (const message of await this.messages()) {
      if (this.seen.has(message.id)) continue;
      this.seen.add(message.id);
      const name = (message.user_id && this.people.get(message.user_id)) ?? message.to;
      const text = message.channel === 'email' ? (message.subject ?? '') : `${message.title ?? ''} — ${message.body}`;
      this.note(`✉ ${message.channel} to ${name}: ${text}`);
    }
  }

  private paint(style: string, text: string): string {
    return this.isColoured ? `${style}${text}${PLAIN}` : text;
  }
}
