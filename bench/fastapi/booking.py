"""Making a booking through the ORM: it reads what the product reads, decides, and writes the same rows and jobs."""

import json
import uuid
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from fastapi import HTTPException
from sqlalchemy import func, or_, select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from models import (
    Booking,
    Coach,
    Engagement,
    Notification,
    Package,
    Pricing,
    Relation,
    Seat,
    TimeOff,
    Transition,
    User,
    WaitlistEntry,
)

ANSWER_WITHIN = timedelta(hours=24)
REMIND_AFTER = timedelta(hours=22)
MOST_PENDING = 5
ADD_JOBS = text(
    """INSERT INTO graphile_worker._private_jobs (task_id, payload, max_attempts)
       SELECT task.id, job.payload, 5
       FROM json_to_recordset(CAST(:jobs AS json)) AS job (task text, payload json)
       JOIN graphile_worker._private_tasks AS task ON task.identifier = job.task"""
)


async def book(database: AsyncSession, client: User, coach_id: uuid.UUID, starts_at: datetime) -> Booking:
    now = datetime.now(timezone.utc)
    coach = await database.scalar(
        select(Coach)
        .where(Coach.user_id == coach_id)
        .options(joinedload(Coach.user), joinedload(Coach.policy), selectinload(Coach.windows))
        .with_for_update(key_share=True, of=Coach)
    )
    if coach is None or coach.user.status not in ("active", "unverified"):
        raise HTTPException(404, "coach_not_found")
    ends_at = starts_at + timedelta(minutes=coach.session_duration_min)
    capacity = await room(database, coach, client, starts_at, ends_at, now)
    relation = await database.scalar(
        select(Relation).where(Relation.coach_id == coach_id, Relation.client_id == client.id)
    )
    if relation is not None and relation.status in ("paused", "ended"):
        raise HTTPException(403, "relation_not_active")
    price = await payment(database, coach, client, starts_at)

    taken = set(await database.scalars(select(Seat.seat).where(Seat.coach_id == coach_id, Seat.starts_at == starts_at)))
    seat = next((place for place in range(1, capacity + 1) if place not in taken), None)
    if seat is None:
        raise HTTPException(409, "slot_full")
    policy = coach.policy
    booking = Booking(
        id=uuid.uuid4(),
        client=client,
        coach=coach.user,
        pricing_id=price.id,
        scheduled_at=starts_at,
        ends_at=ends_at,
        duration_min=coach.session_duration_min,
        status="pending_coach_validation",
        type="group" if capacity > 1 else "individual",
        pricing_type="per_session",
        price_cents=price.price_cents,
        currency=price.currency,
        policy_threshold_hours=policy.threshold_hours if policy else 24,
        policy_mode=policy.mode if policy else "auto",
        policy_noshow_is_due=policy.noshow_is_due if policy else True,
        expires_at=now + ANSWER_WITHIN,
        remind_at=now + REMIND_AFTER,
        created_at=now,
        updated_at=now,
    )
    occasion = uuid.uuid5(coach_id, starts_at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    during = Range(starts_at, ends_at)
    people = sorted([(coach_id, "coach"), (client.id, "client")])
    database.add_all(
        [
            booking,
            Seat(
                coach_id=coach_id,
                starts_at=starts_at,
                seat=seat,
                capacity=capacity,
                client_id=client.id,
                booking=booking,
            ),
            *(
                Engagement(person_id=person, during=during, occasion=occasion, role=role, booking=booking)
                for person, role in people
            ),
            Transition(booking=booking, at=now, to_status=booking.status, actor_role="client", actor_id=client.id),
        ]
    )
    await database.flush()
    await tell(database, booking, now)
    await database.commit()
    return booking


async def room(
    database: AsyncSession, coach: Coach, client: User, starts_at: datetime, ends_at: datetime, now: datetime
) -> int:
    """How many places the slot has, if it is open and both are free."""
    local = starts_at.astimezone(ZoneInfo(coach.user.timezone))
    minute = local.hour * 60 + local.minute
    capacity = next(
        (
            window.max_slots
            for window in coach.windows
            if window.active
            and window.day_of_week == local.weekday()
            and window.start_minute <= minute
            and minute + coach.session_duration_min <= window.end_minute
        ),
        None,
    )
    days = timedelta(days=coach.booking_horizon_days)
    if capacity is None or starts_at < now + timedelta(hours=coach.min_notice_hours) or starts_at > now + days:
        raise HTTPException(422, "slot_not_available")
    queue = await database.scalars(
        select(WaitlistEntry)
        .where(
            WaitlistEntry.coach_id == coach.user_id,
            WaitlistEntry.starts_at == starts_at,
            WaitlistEntry.status.in_(("waiting", "notified")),
        )
        .order_by(WaitlistEntry.position)
    )
    if queue.first() is not None:
        raise HTTPException(409, "slot_full")
    busy = Engagement.during.overlaps(Range(starts_at, ends_at))
    places = await database.execute(
        select(Engagement.role, func.count())
        .where(Engagement.person_id == coach.user_id, busy)
        .group_by(Engagement.role)
    )
    counts = {role: count for role, count in places.all()}
    if counts.get("client", 0) > 0 or counts.get("coach", 0) >= capacity:
        raise HTTPException(409, "slot_full")
    if await database.scalar(select(Engagement).where(Engagement.person_id == client.id, busy).limit(1)) is not None:
        raise HTTPException(409, "client_busy")
    off = await database.scalar(
        select(TimeOff)
        .where(TimeOff.coach_id == coach.user_id, TimeOff.ends_at > starts_at, TimeOff.starts_at < ends_at)
        .limit(1)
    )
    if off is not None:
        raise HTTPException(422, "slot_not_available")
    return capacity


async def payment(database: AsyncSession, coach: Coach, client: User, starts_at: datetime) -> Pricing:
    """The price of one session; somebody with a package would pay with it, which nobody here has."""
    pending = await database.scalar(
        select(func.count())
        .select_from(Booking)
        .where(
            Booking.coach_id == coach.user_id,
            Booking.client_id == client.id,
            Booking.status == "pending_coach_validation",
        )
    )
    if pending is not None and pending >= MOST_PENDING:
        raise HTTPException(422, "too_many_pending")
    package = await database.scalar(
        select(Package)
        .where(
            Package.coach_id == coach.user_id,
            Package.client_id == client.id,
            Package.status == "active",
            Package.balance >= 1,
            or_(Package.valid_until.is_(None), Package.valid_until >= starts_at.date()),
        )
        .order_by(Package.valid_until.nulls_last(), Package.created_at)
        .limit(1)
        .with_for_update()
    )
    if package is not None:
        raise HTTPException(501)
    price = await database.scalar(
        select(Pricing)
        .where(Pricing.coach_id == coach.user_id, Pricing.type == "per_session", Pricing.is_public)
        .order_by(Pricing.currency != coach.currency, Pricing.price_cents, Pricing.created_at)
        .limit(1)
    )
    if price is None:
        raise HTTPException(422, "no_price")
    return price


async def tell(database: AsyncSession, booking: Booking, now: datetime) -> None:
    """Both learn of it: a push for each, and a mail for the coach."""
    link = {"deep_link": f"mycoach://bookings/{booking.id}", "booking_id": str(booking.id)}
    when = booking.scheduled_at.strftime("%A %d %B %Y, %H:%M")
    client, coach = booking.client, booking.coach
    requested = Notification(
        id=uuid.uuid4(),
        user_id=coach.id,
        type="booking_requested",
        fact=str(booking.id),
        title="New session request",
        body=f"{client.first_name} {client.last_name} asks for a session on {when}.",
        data={"type": "booking_requested", "client_id": str(client.id), **link},
        by_mail=True,
        expires_at=booking.expires_at,
        created_at=now,
        about_user_ids=[client.id],
    )
    sent = Notification(
        id=uuid.uuid4(),
        user_id=client.id,
        type="booking_sent",
        fact=str(booking.id),
        title="Request sent",
        body=f"{coach.first_name} {coach.last_name} has your request for {when} and answers within a day.",
        data={"type": "booking_sent", **link},
        by_mail=False,
        created_at=now,
        about_user_ids=[coach.id],
    )
    database.add_all([requested, sent])
    await database.flush()
    jobs = [("deliver_push", requested), ("deliver_mail", requested), ("deliver_push", sent)]
    payloads = [{"task": task, "payload": {"notificationId": str(told.id)}} for task, told in jobs]
    await database.execute(ADD_JOBS, {"jobs": json.dumps(payloads)})
