"""sealed phones"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_table('escrow_key',
    sa.Column('public_key', sa.LargeBinary(length=65), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
    sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_escrow_key_municipality_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escrow_key')),
    sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_escrow_key_municipality_id_id'))
    )
    op.create_index('uq_escrow_key_current', 'escrow_key', ['municipality_id'], unique=True, sqlite_where=sa.text('retired_at IS NULL'), postgresql_where=sa.text('retired_at IS NULL'))
    op.add_column('device', sa.Column('signing_key', sa.LargeBinary(length=200), nullable=True))
    # Phones that synced before this version keep a clear store until they say otherwise.
    op.add_column('device', sa.Column('sealed', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('device', sa.Column('revoked_by', sa.Uuid(as_uuid=False), nullable=True))
    op.add_column('session', sa.Column('device_id', sa.Uuid(as_uuid=False), nullable=True))


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_column('session', 'device_id')
    op.drop_column('device', 'revoked_by')
    op.drop_column('device', 'sealed')
    op.drop_column('device', 'signing_key')
    op.drop_index('uq_escrow_key_current', table_name='escrow_key', sqlite_where=sa.text('retired_at IS NULL'), postgresql_where=sa.text('retired_at IS NULL'))
    op.drop_table('escrow_key')
