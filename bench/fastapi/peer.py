"""The FastAPI peer of the benchmarks: SQLAlchemy 2 with asyncpg, one worker, models in and models out.

It answers the same requests from the same tables: the key is looked up at each request, then the row, the list or the
booking is read or written through the ORM. A booking here is the least that keeps places from being sold twice: the
coach's row is locked, a seat and the engagements of both are written. It checks no hours, notice,
packages or limits, and writes no jobs.
"""

import hashlib
import hmac
import os
import sys
import uuid
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Integer, SmallInteger, Text, func, select
from sqlalchemy.dialects.postgresql import TIMESTAMP, TSTZRANGE
from sqlalchemy.dialects.postgresql import Range as PgRange
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

DATABASE_URL, PEPPER = sys.argv[1].replace("postgres://", "postgresql+asyncpg://"), sys.argv[2].encode()
INSTANT = TIMESTAMP(timezone=True)

engine = create_async_engine(DATABASE_URL, pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    last_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    gender: Mapped[str | None] = mapped_column(Text)
    photo_url: Mapped[str | None] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(Text)
    timezone: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(INSTANT)
    updated_at: Mapped[datetime] = mapped_column(INSTANT)


class ApiKey(Base):
    __tablename__ = "api_keys"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    key_hash: Mapped[str] = mapped_column(Text)
    user: Mapped[User] = relationship(lazy="raise")


class CoachProfile(Base):
    __tablename__ = "coach_profiles"
    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(Text)
    session_duration_min: Mapped[int] = mapped_column(SmallInteger)


class Booking(Base):
    __tablename__ = "bookings"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    scheduled_at: Mapped[datetime] = mapped_column(INSTANT)
    ends_at: Mapped[datetime] = mapped_column(INSTANT)
    duration_min: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    pricing_type: Mapped[str] = mapped_column(Text)
    price_cents: Mapped[int | None] = mapped_column(Integer)
    currency: Mapped[str] = mapped_column(Text)
    policy_threshold_hours: Mapped[int] = mapped_column(SmallInteger)
    policy_mode: Mapped[str] = mapped_column(Text)
    policy_noshow_is_due: Mapped[bool]
    client_message: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column(INSTANT)
    confirmed_at: Mapped[datetime | None] = mapped_column(INSTANT)
    cancelled_at: Mapped[datetime | None] = mapped_column(INSTANT)
    done_at: Mapped[datetime | None] = mapped_column(INSTANT)
    created_at: Mapped[datetime] = mapped_column(INSTANT)
    updated_at: Mapped[datetime] = mapped_column(INSTANT)
    client: Mapped[User] = relationship(foreign_keys=[client_id], lazy="raise")
    coach: Mapped[User] = relationship(foreign_keys=[coach_id], lazy="raise")


class Seat(Base):
    __tablename__ = "seats"
    coach_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(INSTANT, primary_key=True)
    seat: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    capacity: Mapped[int] = mapped_column(SmallInteger)
    client_id: Mapped[uuid.UUID]
    booking_id: Mapped[uuid.UUID]


class Engagement(Base):
    __tablename__ = "engagements"
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    booking_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    during: Mapped[PgRange] = mapped_column(TSTZRANGE)
    occasion: Mapped[uuid.UUID]
    role: Mapped[str] = mapped_column(Text)


class UserOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: uuid.UUID
    email: str
    first_name: str
    last_name: str
    role: str
    status: str
    phone: str | None
    gender: str | None
    photo_url: str | None
    locale: str
    timezone: str
    country: str
    created_at: datetime
    updated_at: datetime


class PersonOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    first_name: str
    last_name: str


class BookingOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: uuid.UUID
    client_id: uuid.UUID
    coach_id: uuid.UUID
    client: PersonOut
    coach: PersonOut
    scheduled_at: datetime
    ends_at: datetime
    duration_min: int
    status: str
    type: str
    pricing_type: str
    price_cents: int | None
    currency: str
    client_message: str | None
    expires_at: datetime | None
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    done_at: datetime | None
    created_at: datetime
    updated_at: datetime


class BookingIn(BaseModel):
    coach_id: uuid.UUID
    scheduled_at: datetime


class Page(BaseModel):
    items: list[BookingOut]
    total: int


async def session():
    async with sessions() as one:
        yield one


Session = Annotated[AsyncSession, Depends(session)]


async def caller(database: Session, x_api_key: Annotated[str, Header()]) -> User:
    digest = hmac.new(PEPPER, x_api_key.encode(), hashlib.sha256).hexdigest()
    key = await database.scalar(select(ApiKey).where(ApiKey.key_hash == digest).options(joinedload(ApiKey.user)))
    if key is None:
        raise HTTPException(401)
    return key.user


Caller = Annotated[User, Depends(caller)]


@asynccontextmanager
async def lifespan(_: FastAPI):
    print(f"http://127.0.0.1:{os.environ['PORT']}", flush=True)
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/auth/me")
async def me(user: Caller) -> UserOut:
    return UserOut.model_validate(user)


@app.get("/bookings")
async def bookings(user: Caller, database: Session, limit: int = 50) -> Page:
    own = Booking.coach_id == user.id
    query = select(Booking).where(own).order_by(Booking.scheduled_at.desc(), Booking.id).limit(limit)
    rows = await database.scalars(query.options(joinedload(Booking.client), joinedload(Booking.coach)))
    total = await database.scalar(select(func.count()).select_from(Booking).where(own))
    return Page(items=[BookingOut.model_validate(row) for row in rows], total=total or 0)


@app.post("/bookings", status_code=201)
async def book(user: Caller, database: Session, order: BookingIn) -> dict[str, uuid.UUID]:
    coach = await database.scalar(
        select(CoachProfile).where(CoachProfile.user_id == order.coach_id).with_for_update(key_share=True)
    )
    if coach is None:
        raise HTTPException(404)
    now = datetime.now(timezone.utc)
    start, end = order.scheduled_at, order.scheduled_at + timedelta(minutes=coach.session_duration_min)
    slot = (Seat.coach_id == order.coach_id, Seat.starts_at == start)
    taken = await database.scalar(select(func.coalesce(func.max(Seat.seat), 0)).where(*slot))
    booking = Booking(
        client_id=user.id, coach_id=order.coach_id, scheduled_at=start, ends_at=end,
        duration_min=coach.session_duration_min, status="pending_coach_validation", type="group",
        pricing_type="per_session", price_cents=5000, currency=coach.currency, policy_threshold_hours=24,
        policy_mode="auto", policy_noshow_is_due=True, expires_at=start, created_at=now, updated_at=now,
    )
    database.add(booking)
    await database.flush()
    written = start.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    occasion = uuid.uuid5(order.coach_id, written)
    database.add(Seat(coach_id=order.coach_id, starts_at=start, seat=(taken or 0) + 1, capacity=50,
                      client_id=user.id, booking_id=booking.id))
    during = PgRange(start, end)
    database.add(Engagement(person_id=user.id, booking_id=booking.id, during=during, occasion=occasion, role="client"))
    database.add(Engagement(person_id=order.coach_id, booking_id=booking.id, during=during, occasion=occasion,
                            role="coach"))
    await database.commit()
    return {"id": booking.id}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
