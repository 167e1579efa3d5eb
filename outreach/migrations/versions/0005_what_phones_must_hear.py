"""what phones must hear"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_table(
        'to_forget',
        sa.Column('device_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('dossier_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('what', sa.String(length=20), nullable=False),
        sa.Column('object_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.Column('told_with', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_to_forget_municipality_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'device_id'], ['device.municipality_id', 'device.id'], name=op.f('fk_to_forget_municipality_id_device_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_to_forget')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_to_forget_municipality_id_id')),
    )
    op.create_index(op.f('ix_to_forget_device_id'), 'to_forget', ['device_id'])


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_index(op.f('ix_to_forget_device_id'), table_name='to_forget')
    op.drop_table('to_forget')
