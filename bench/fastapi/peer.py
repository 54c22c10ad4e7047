"""The FastAPI peer of the benchmarks: SQLAlchemy 2 with asyncpg, one worker, models in and models out.

It answers the same requests from the same tables: the key is looked up at each request, then the row or the list is
read through the ORM. A booking is the very statements of the product in one transaction, as the bare Express server
makes it, on a connection of SQLAlchemy and without its ORM: no decision, no limits, no log, no encryption.
"""

import hashlib
import hmac
import json
import os
import re
import sys
import uuid
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Integer, SmallInteger, Text, event, func, select
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

DATABASE_URL, PEPPER = sys.argv[1].replace("postgres://", "postgresql+asyncpg://"), sys.argv[2].encode()
INSTANT = TIMESTAMP(timezone=True)

engine = create_async_engine(DATABASE_URL, pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)

# What the product sends for a booking, with words for what is a booking's own (bench/booking-template.js).
TEMPLATE = json.load(open(sys.argv[3])) if len(sys.argv) > 3 else None
WORD = re.compile(r"\{(coach|client|pricing|occasion|start|end|day|now\+\d+|id\d+)\}")
HOUR = timedelta(hours=1)
# SQLAlchemy says these itself.
BOUNDS = ("BEGIN", "START TRANSACTION", "COMMIT")
bookings_engine = create_async_engine(DATABASE_URL, pool_size=10, max_overflow=0)


@event.listens_for(bookings_engine.sync_engine, "connect")
def values_as_written(connection, _):
    """The values of the template are as they were written: instants as text, numbers for columns of text."""

    async def take_text(driver):
        for name in ("timestamptz", "date", "text", "uuid"):
            await driver.set_type_codec(name, schema="pg_catalog", encoder=str, decoder=str, format="text")

    connection.run_async(take_text)


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


def written(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def filler(order: BookingIn, client_id: uuid.UUID):
    now, start = datetime.now(timezone.utc), written(order.scheduled_at)
    words = {
        "coach": str(order.coach_id),
        "client": str(client_id),
        "pricing": TEMPLATE["pricings"][str(order.coach_id)],
        "occasion": str(uuid.uuid5(order.coach_id, start)),
        "start": start,
        "end": written(order.scheduled_at + HOUR),
        "day": start[:10],
    }

    def word(match: re.Match) -> str:
        name = match[1]
        if name.startswith("now"):
            return written(now + timedelta(milliseconds=int(name[4:])))
        if name not in words:
            words[name] = str(uuid.uuid4())
        return words[name]

    def fill(value):
        if isinstance(value, str):
            return WORD.sub(word, value)
        if isinstance(value, list):
            return [fill(part) for part in value]
        return WORD.sub(word, json.dumps(value)) if isinstance(value, dict) else value

    return fill


@app.post("/bookings", status_code=201)
async def book(user: Caller, order: BookingIn) -> dict[str, str]:
    fill = filler(order, user.id)
    async with bookings_engine.begin() as connection:
        for statement in TEMPLATE["statements"]:
            if statement["values"] or statement["text"].upper() not in BOUNDS:
                await connection.exec_driver_sql(statement["text"], tuple(fill(value) for value in statement["values"]))
    return {"id": fill("{id0}")}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
