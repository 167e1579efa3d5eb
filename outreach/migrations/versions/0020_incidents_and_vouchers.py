"""incidents and vouchers"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """To this version's tables."""
    op.create_table('incident',
        sa.Column('reporter_id', ID, nullable=False),
        sa.Column('district_id', ID, nullable=True),
        sa.Column('round_id', ID, nullable=True),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('date', sa.Date(), nullable=False),
        sa.Column('day_part', sa.String(length=10), nullable=False),
        sa.Column('facts', sa.Text(), nullable=False),
        sa.Column('hurt', sa.Boolean(), nullable=False),
        sa.Column('call_now', sa.Boolean(), nullable=False),
        sa.Column('made_at', INSTANT, nullable=False),
        sa.Column('received_at', INSTANT, nullable=False),
        sa.Column('taken_by', ID, nullable=True),
        sa.Column('taken_at', INSTANT, nullable=True),
        sa.Column('called_by', ID, nullable=True),
        sa.Column('called_at', INSTANT, nullable=True),
        sa.Column('outcome', sa.String(length=20), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('closed_by', ID, nullable=True),
        sa.Column('closed_at', INSTANT, nullable=True),
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'district_id'], ['district.municipality_id', 'district.id'], name=op.f('fk_incident_municipality_id_district_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'reporter_id'], ['account.municipality_id', 'account.id'], name=op.f('fk_incident_municipality_id_reporter_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_incident_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_incident')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_incident_municipality_id_id')),
    )
    op.create_index(op.f('ix_incident_reporter_id'), 'incident', ['reporter_id'])
    op.create_table('needs_you_snooze',
        sa.Column('account_id', ID, nullable=False),
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('until', INSTANT, nullable=False),
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'account_id'], ['account.municipality_id', 'account.id'], name=op.f('fk_needs_you_snooze_municipality_id_account_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_needs_you_snooze_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_needs_you_snooze')),
        sa.UniqueConstraint('account_id', 'key', name='uq_needs_you_snooze_key'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_needs_you_snooze_municipality_id_id')),
    )
    op.create_table('voucher_scheme',
        sa.Column('campaign_id', ID, nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('with_codes', sa.Boolean(), nullable=False),
        sa.Column('kept_gifts', sa.Integer(), nullable=False),
        sa.Column('kept_adults', sa.Integer(), nullable=False),
        sa.Column('kept_children', sa.Integer(), nullable=False),
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'campaign_id'], ['campaign.municipality_id', 'campaign.id'], name=op.f('fk_voucher_scheme_municipality_id_campaign_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_voucher_scheme_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher_scheme')),
        sa.UniqueConstraint('campaign_id', name='uq_voucher_scheme_campaign'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_voucher_scheme_municipality_id_id')),
    )
    op.create_table('voucher_code',
        sa.Column('scheme_id', ID, nullable=False),
        sa.Column('code', sa.String(length=40), nullable=False),
        sa.Column('void', sa.Boolean(), nullable=False),
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'scheme_id'], ['voucher_scheme.municipality_id', 'voucher_scheme.id'], name=op.f('fk_voucher_code_municipality_id_scheme_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_voucher_code_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher_code')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_voucher_code_municipality_id_id')),
        sa.UniqueConstraint('scheme_id', 'code', name='uq_voucher_code_once'),
    )
    op.create_table('voucher_gift',
        sa.Column('scheme_id', ID, nullable=False),
        sa.Column('round_id', ID, nullable=False),
        sa.Column('account_id', ID, nullable=False),
        sa.Column('date', sa.Date(), nullable=False),
        sa.Column('adults', sa.Integer(), nullable=False),
        sa.Column('children', sa.Integer(), nullable=False),
        sa.Column('made_at', INSTANT, nullable=False),
        sa.Column('received_at', INSTANT, nullable=False),
        sa.Column('taken_back_at', INSTANT, nullable=True),
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'account_id'], ['account.municipality_id', 'account.id'], name=op.f('fk_voucher_gift_municipality_id_account_id')),
        sa.ForeignKeyConstraint(['municipality_id', 'scheme_id'], ['voucher_scheme.municipality_id', 'voucher_scheme.id'], name=op.f('fk_voucher_gift_municipality_id_scheme_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_voucher_gift_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher_gift')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_voucher_gift_municipality_id_id')),
    )
    op.create_index(op.f('ix_voucher_gift_account_id'), 'voucher_gift', ['account_id'])
    op.create_index(op.f('ix_voucher_gift_scheme_id'), 'voucher_gift', ['scheme_id'])
    op.create_table('voucher_gift_code',
        sa.Column('gift_id', ID, nullable=False),
        sa.Column('code', sa.String(length=40), nullable=False),
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'gift_id'], ['voucher_gift.municipality_id', 'voucher_gift.id'], name=op.f('fk_voucher_gift_code_municipality_id_gift_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_voucher_gift_code_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher_gift_code')),
        sa.UniqueConstraint('gift_id', 'code', name='uq_voucher_gift_code_once'),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f('uq_voucher_gift_code_municipality_id_id')),
    )
    op.create_index(op.f('ix_voucher_gift_code_code'), 'voucher_gift_code', ['code'])
    op.add_column('device', sa.Column('unsent_count', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('device', sa.Column('unsent_since', INSTANT, nullable=True))
    with op.batch_alter_table('debrief') as debrief:
        debrief.add_column(sa.Column('taken_by', ID, nullable=True))
        debrief.add_column(sa.Column('taken_at', INSTANT, nullable=True))
        debrief.alter_column('stop_id', existing_type=ID, nullable=True)


def downgrade() -> None:
    """Back to the tables before; a heavy talk of no door keeps an id that is no stop's."""
    op.execute('UPDATE debrief SET stop_id = id WHERE stop_id IS NULL')
    with op.batch_alter_table('debrief') as debrief:
        debrief.alter_column('stop_id', existing_type=ID, nullable=False)
        debrief.drop_column('taken_at')
        debrief.drop_column('taken_by')
    op.drop_column('device', 'unsent_since')
    op.drop_column('device', 'unsent_count')
    op.drop_table('voucher_gift_code')
    op.drop_table('voucher_gift')
    op.drop_table('voucher_code')
    op.drop_table('voucher_scheme')
    op.drop_table('needs_you_snooze')
    op.drop_table('incident')
