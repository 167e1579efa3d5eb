"""letters announce a visit"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version's tables."""
    op.create_table('letterhead',
        sa.Column('reply_address', sa.Text(), nullable=False),
        sa.Column('phone', sa.String(length=40), nullable=False),
        sa.Column('signed_by', sa.String(length=200), nullable=False),
        sa.Column('logo', sa.LargeBinary(), nullable=True),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_letterhead_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letterhead')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_letterhead_municipality_id_id')),
        sa.UniqueConstraint('municipality_id', name='uq_letterhead_municipality'),
    )
    op.create_table('letter',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('recognition_word', sa.String(length=40), nullable=False),
        sa.Column('waiting_days', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_letter_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_letter_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
        sa.UniqueConstraint('campaign_id', name='uq_letter_campaign'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_letter_municipality_id_id')),
    )
    op.create_table('letter_code',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('address_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.Column('link_hash', sa.String(length=64), nullable=False),
        sa.Column('short_hash', sa.String(length=64), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'address_id'], ['address.municipality_id', 'address.id'], name=op.f('fk_letter_code_municipality_id_address_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_letter_code_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_letter_code_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_code')),
        sa.UniqueConstraint('campaign_id', 'address_id', name='uq_letter_code_door'),
        sa.UniqueConstraint('link_hash', name='uq_letter_code_link'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_letter_code_municipality_id_id')),
    )
    op.create_index(op.f('ix_letter_code_address_id'), 'letter_code', ['address_id'], unique=False)
    op.create_index('ix_letter_code_short', 'letter_code', ['short_hash'], unique=False)
    op.create_table('letter_version',
        sa.Column('letter_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('texts', sa.JSON(), nullable=False),
        sa.Column('given', sa.JSON(), nullable=False),
        sa.Column('fixed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'letter_id'], ['letter.municipality_id', 'letter.id'], name=op.f('fk_letter_version_municipality_id_letter_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_letter_version_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_version')),
        sa.UniqueConstraint('letter_id', 'number', name='uq_letter_version_number'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_letter_version_municipality_id_id')),
    )
    op.create_table('print_run',
        sa.Column('campaign_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('letter_version_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('job_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('ordering', sa.String(length=20), nullable=False),
        sa.Column('per_street', sa.Boolean(), nullable=False),
        sa.Column('both_sides', sa.Boolean(), nullable=False),
        sa.Column('pages', sa.Integer(), nullable=False),
        sa.Column('letters', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('sent_on', sa.Date(), nullable=True),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_print_run_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'letter_version_id'], ['letter_version.municipality_id', 'letter_version.id'], name=op.f('fk_print_run_municipality_id_letter_version_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_print_run_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_print_run')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_print_run_municipality_id_id')),
    )
    op.create_index(op.f('ix_print_run_campaign_id'), 'print_run', ['campaign_id'], unique=False)
    op.create_table('printed_letter',
        sa.Column('print_run_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('address_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('part', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('municipality_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'address_id'], ['address.municipality_id', 'address.id'], name=op.f('fk_printed_letter_municipality_id_address_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'print_run_id'], ['print_run.municipality_id', 'print_run.id'], name=op.f('fk_printed_letter_municipality_id_print_run_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_printed_letter_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_printed_letter')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_printed_letter_municipality_id_id')),
        sa.UniqueConstraint('print_run_id', 'place', name='uq_printed_letter_place'),
    )
    op.create_index(op.f('ix_printed_letter_address_id'), 'printed_letter', ['address_id'], unique=False)


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_index(op.f('ix_printed_letter_address_id'), table_name='printed_letter')
    op.drop_table('printed_letter')
    op.drop_index(op.f('ix_print_run_campaign_id'), table_name='print_run')
    op.drop_table('print_run')
    op.drop_table('letter_version')
    op.drop_index('ix_letter_code_short', table_name='letter_code')
    op.drop_index(op.f('ix_letter_code_address_id'), table_name='letter_code')
    op.drop_table('letter_code')
    op.drop_table('letter')
    op.drop_table('letterhead')
