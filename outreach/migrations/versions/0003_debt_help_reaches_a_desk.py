"""debt help reaches a desk"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.add_column('debt_help_request', sa.Column('taken_on_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('debt_help_request', sa.Column('taken_on_by', sa.Uuid(as_uuid=False), nullable=True))
    op.add_column('debt_help_request', sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('debt_help_request', sa.Column('ending', sa.String(length=20), nullable=False, server_default=''))


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_column('debt_help_request', 'ending')
    op.drop_column('debt_help_request', 'ended_at')
    op.drop_column('debt_help_request', 'taken_on_by')
    op.drop_column('debt_help_request', 'taken_on_at')
