"""When the bot was removed from a chat; for those it has left already, counted from this change on."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "removals"
down_revision = "rates"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("removed_at", sa.DateTime(), nullable=True))
    chats = sa.table(
        "conversations", sa.column("installed", sa.Boolean), sa.column("removed_at", sa.DateTime)
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    op.execute(chats.update().where(chats.c.installed.is_(False)).values(removed_at=now))
