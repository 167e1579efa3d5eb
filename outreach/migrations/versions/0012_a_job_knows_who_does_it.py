"""a job knows who does it, and when it is expected"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.add_column('job', sa.Column('expected_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('job', sa.Column('attempt', sa.Uuid(as_uuid=False), nullable=True))
    op.add_column('job', sa.Column('attempts', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_column('job', 'attempts')
    op.drop_column('job', 'attempt')
    op.drop_column('job', 'expected_at')
