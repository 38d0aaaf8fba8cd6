"""Indexes for counting sends of the last hour: per conversation and altogether."""

from alembic import op

revision = "rates"
down_revision = "meetings"


def upgrade() -> None:
    op.drop_index("ix_outbox_attempted_at_lane", table_name="outbox")
    op.create_index(op.f("ix_outbox_lane_attempted_at"), "outbox", ["lane", "attempted_at"])
    op.create_index(op.f("ix_outbox_attempted_at"), "outbox", ["attempted_at"])
