"""The tables as SQLAlchemy maps them: what the peer reads or writes of each."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP, TSTZRANGE, Range
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: TIMESTAMP(timezone=True),
        str: Text,
        dict[str, Any]: JSONB,
        list[uuid.UUID]: ARRAY(Uuid),
        Range[datetime]: TSTZRANGE,
    }


class User(Base):
    __tablename__ = "users"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    first_name: Mapped[str]
    last_name: Mapped[str]
    role: Mapped[str]
    status: Mapped[str]
    phone: Mapped[str | None]
    gender: Mapped[str | None]
    photo_url: Mapped[str | None]
    locale: Mapped[str]
    timezone: Mapped[str]
    country: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ApiKey(Base):
    __tablename__ = "api_keys"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    key_hash: Mapped[str]
    user: Mapped[User] = relationship(lazy="raise")


class Policy(Base):
    __tablename__ = "cancellation_policies"
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("coach_profiles.user_id"), primary_key=True)
    threshold_hours: Mapped[int]
    mode: Mapped[str]
    noshow_is_due: Mapped[bool]


class Window(Base):
    __tablename__ = "availabilities"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("coach_profiles.user_id"))
    day_of_week: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    max_slots: Mapped[int]
    active: Mapped[bool]


class Coach(Base):
    __tablename__ = "coach_profiles"
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    currency: Mapped[str]
    session_duration_min: Mapped[int]
    buffer_min: Mapped[int]
    min_notice_hours: Mapped[int]
    booking_horizon_days: Mapped[int]
    user: Mapped[User] = relationship(lazy="raise")
    policy: Mapped[Policy | None] = relationship(lazy="raise")
    windows: Mapped[list[Window]] = relationship(lazy="raise", order_by=[Window.day_of_week, Window.start_minute])


class Pricing(Base):
    __tablename__ = "pricings"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    type: Mapped[str]
    price_cents: Mapped[int]
    currency: Mapped[str]
    is_public: Mapped[bool]
    created_at: Mapped[datetime]


class Package(Base):
    __tablename__ = "packages"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str]
    balance: Mapped[int]
    valid_until: Mapped[date | None]
    created_at: Mapped[datetime]


class Relation(Base):
    __tablename__ = "relations"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str]


class TimeOff(Base):
    __tablename__ = "time_offs"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class WaitlistEntry(Base):
    __tablename__ = "waitlist_entries"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    starts_at: Mapped[datetime]
    position: Mapped[int]
    status: Mapped[str]


class Booking(Base):
    __tablename__ = "bookings"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    pricing_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pricings.id"))
    scheduled_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    duration_min: Mapped[int]
    status: Mapped[str]
    type: Mapped[str]
    pricing_type: Mapped[str]
    price_cents: Mapped[int | None]
    currency: Mapped[str]
    policy_threshold_hours: Mapped[int]
    policy_mode: Mapped[str]
    policy_noshow_is_due: Mapped[bool]
    client_message: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    client: Mapped[User] = relationship(foreign_keys=[client_id], lazy="raise")
    coach: Mapped[User] = relationship(foreign_keys=[coach_id], lazy="raise")


class Seat(Base):
    __tablename__ = "seats"
    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    capacity: Mapped[int]
    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    booking_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bookings.id"))
    booking: Mapped[Booking | None] = relationship(lazy="raise")


class Engagement(Base):
    __tablename__ = "engagements"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    during: Mapped[Range[datetime]]
    occasion: Mapped[uuid.UUID]
    role: Mapped[str]
    booking_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bookings.id"))
    booking: Mapped[Booking | None] = relationship(lazy="raise")


class Transition(Base):
    __tablename__ = "booking_transitions"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bookings.id"))
    at: Mapped[datetime]
    to_status: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    booking: Mapped[Booking] = relationship(lazy="raise")


class Notification(Base):
    __tablename__ = "notifications"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    type: Mapped[str]
    fact: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    data: Mapped[dict[str, Any]]
    by_mail: Mapped[bool]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    about_user_ids: Mapped[list[uuid.UUID]]
