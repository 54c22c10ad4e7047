"""The FastAPI peer of the benchmarks: SQLAlchemy 2 with asyncpg, one worker, models in and models out.

It answers the same requests from the same tables, as such services are written: the key is looked up at each request,
then everything is read and written through the ORM. A booking (booking.py) reads what the product reads, decides, and
writes the same rows and jobs, without limits, log or encryption.
"""

import hashlib
import hmac
import os
import sys
import uuid
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import joinedload

from booking import book
from models import ApiKey, Booking, User

DATABASE_URL, PEPPER = sys.argv[1].replace("postgres://", "postgresql+asyncpg://"), sys.argv[2].encode()

engine = create_async_engine(DATABASE_URL, pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)


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
async def make_booking(user: Caller, database: Session, order: BookingIn) -> BookingOut:
    return BookingOut.model_validate(await book(database, user, order.coach_id, order.scheduled_at))


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
