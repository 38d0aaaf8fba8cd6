"""Tables of the meeting companion."""

import sqlalchemy as sa
from alembic import op

revision = "meetings"
down_revision = "first"


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("protocol_id", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("protocol_id", name=op.f("pk_publications")),
    )
    op.create_table(
        "focuses",
        sa.Column("person_id", sa.String(length=400), nullable=False),
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_focuses")),
    )
    op.create_table(
        "seats",
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=False),
        sa.Column("agency", sa.String(length=400), nullable=True),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "person_id", name=op.f("pk_seats")),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=False),
        sa.Column("protocol_id", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "conversation_id", "person_id", "protocol_id", name=op.f("pk_acknowledgements")
        ),
    )
    op.create_table(
        "happenings",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=400), nullable=False),
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.Column("protocol_id", sa.String(length=400), nullable=False),
        sa.Column("topic", sa.String(length=400), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_happenings")),
    )
    op.create_index(
        op.f("ix_happenings_conversation_id_at"), "happenings", ["conversation_id", "at"]
    )
    op.create_table(
        "quiets",
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_quiets")),
    )
