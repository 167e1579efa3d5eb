"""residents say what they wish"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_table('door_wish',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('address_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('choice', sa.String(length=20), nullable=False),
        sa.Column('day_parts', sa.JSON(), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=True),
        sa.Column('last_day', sa.Date(), nullable=True),
        sa.Column('reason', sa.String(length=20), nullable=False),
        sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'address_id'], ['address.municipality_id', 'address.id'], name=op.f('fk_door_wish_municipality_id_address_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_door_wish_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_door_wish_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_door_wish')),
        sa.UniqueConstraint('campaign_id', 'address_id', name='uq_door_wish_door'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_door_wish_municipality_id_id')),
    )
    op.create_index(op.f('ix_door_wish_address_id'), 'door_wish', ['address_id'])
    op.create_table('call_request',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('address_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('phone', sa.String(length=20), nullable=False),
        sa.Column('language', sa.String(length=10), nullable=False),
        sa.Column('consent_version', sa.String(length=10), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_by', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'address_id'], ['address.municipality_id', 'address.id'], name=op.f('fk_call_request_municipality_id_address_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_call_request_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_call_request_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_request')),
        sa.UniqueConstraint('campaign_id', 'address_id', name='uq_call_request_door'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_call_request_municipality_id_id')),
    )
    op.create_index(op.f('ix_call_request_address_id'), 'call_request', ['address_id'])
    op.create_index(op.f('ix_call_request_asked_at'), 'call_request', ['asked_at'])
    op.create_table('wish_count',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('word', sa.String(length=30), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_wish_count_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_wish_count_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wish_count')),
        sa.UniqueConstraint('campaign_id', 'word', name='uq_wish_count_word'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_wish_count_municipality_id_id')),
    )
    # A hold that a resident asked for was set by nobody with an account.
    with op.batch_alter_table('door_hold') as door_hold:
        door_hold.alter_column('set_by', existing_type=sa.Uuid(as_uuid=False), nullable=True)


def downgrade() -> None:
    """Back to the tables before."""
    # A hold without an account is a resident's, and nothing before this version knows of those.
    op.execute(sa.text('DELETE FROM door_hold WHERE set_by IS NULL'))
    with op.batch_alter_table('door_hold') as door_hold:
        door_hold.alter_column('set_by', existing_type=sa.Uuid(as_uuid=False), nullable=False)
    op.drop_table('wish_count')
    op.drop_table('call_request')
    op.drop_table('door_wish')
