"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "first"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "bindings",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.Column("protocol_id", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("bound_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_bindings")),
    )
    op.create_index(op.f("ix_bindings_conversation_id"), "bindings", ["conversation_id"])
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("scope", sa.String(length=400), nullable=False),
        sa.Column("service_url", sa.String(length=400), nullable=False),
        sa.Column("tenant_id", sa.String(length=400), nullable=True),
        sa.Column("bot_id", sa.String(length=400), nullable=False),
        sa.Column("bot_name", sa.String(length=400), nullable=False),
        sa.Column("meeting_id", sa.String(length=400), nullable=True),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("installed", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    op.create_index(op.f("ix_conversations_person_id"), "conversations", ["person_id"])
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_at"), "inbox", ["at"])
    op.create_table(
        "lanes",
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("owner", sa.String(length=400), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lanes")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.Column("message_id", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=400), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(
        op.f("ix_notices_conversation_id_message_id"), "notices", ["conversation_id", "message_id"]
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("lane", sa.String(length=400), nullable=False),
        sa.Column("card", sa.String(length=400), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("reply_to", sa.String(length=400), nullable=True),
        sa.Column("state", sa.String(length=400), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("attempted_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("delivered_by", sa.String(length=400), nullable=True),
        sa.Column("delivered_to", sa.String(length=400), nullable=True),
        sa.Column("activity_id", sa.String(length=400), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_attempted_at_lane"), "outbox", ["attempted_at", "lane"])
    op.create_index(op.f("ix_outbox_lane_state_seq"), "outbox", ["lane", "state", "seq"])
    op.create_index(op.f("ix_outbox_state_next_at"), "outbox", ["state", "next_at"])
    op.create_table(
        "protocols",
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocols")),
    )
