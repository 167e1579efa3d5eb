"""what waited may be repaired"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.add_column('quarantined', sa.Column('first_dossier_id', sa.Uuid(as_uuid=False), nullable=True))
    op.add_column('quarantined', sa.Column('original', sa.JSON(), nullable=True))
    op.create_index('ix_quarantined_first_dossier_id', 'quarantined', ['first_dossier_id'])


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_index('ix_quarantined_first_dossier_id', table_name='quarantined')
    op.drop_column('quarantined', 'original')
    op.drop_column('quarantined', 'first_dossier_id')
