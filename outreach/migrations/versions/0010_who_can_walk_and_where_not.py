"""who can walk, and where not: doors that a pair left stand among them"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
COLUMNS = 'id, municipality_id, account_id, address_id'


def _of_an_account(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column('account_id', ID, nullable=False),
        *items,
        sa.Column('id', ID, nullable=False),
        sa.Column('municipality_id', ID, nullable=False),
        sa.ForeignKeyConstraint(['municipality_id', 'account_id'], ['account.municipality_id', 'account.id'], name=op.f(f'fk_{name}_municipality_id_account_id')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f(f'fk_{name}_municipality_id')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f(f'uq_{name}_municipality_id_id')),
    )


def _at_an_address(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(['municipality_id', 'address_id'], ['address.municipality_id', 'address.id'], name=op.f(f'fk_{name}_municipality_id_address_id'))


def upgrade() -> None:
    """To this version's tables."""
    _of_an_account(
        'volunteer_profile',
        sa.Column('certificate_seen', sa.Boolean(), nullable=False),
        sa.Column('certificate_date', sa.Date(), nullable=True),
        sa.Column('certificate_expires_on', sa.Date(), nullable=True),
        sa.Column('languages', sa.JSON(), nullable=False),
        sa.Column('experienced', sa.Boolean(), nullable=False),
        sa.Column('starts_with_mentor', sa.Boolean(), nullable=False),
        sa.UniqueConstraint('account_id', name='uq_volunteer_profile_account'),
    )
    _of_an_account(
        'volunteer_day_part',
        sa.Column('weekday', sa.Integer(), nullable=False),
        sa.Column('day_part', sa.String(length=10), nullable=False),
        sa.UniqueConstraint('account_id', 'weekday', 'day_part', name='uq_volunteer_day_part_once'),
    )
    _of_an_account(
        'volunteer_absence',
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
    )
    op.create_index(op.f('ix_volunteer_absence_account_id'), 'volunteer_absence', ['account_id'])
    _of_an_account(
        'avoided_street',
        sa.Column('city', sa.String(length=80), nullable=False),
        sa.Column('street', sa.String(length=80), nullable=False),
        sa.UniqueConstraint('account_id', 'city', 'street', name='uq_avoided_street_once'),
    )
    _of_an_account(
        'avoided_address',
        sa.Column('address_id', ID, nullable=False),
        sa.Column('origin', sa.String(length=10), nullable=False),
        _at_an_address('avoided_address'),
        sa.UniqueConstraint('account_id', 'address_id', 'origin', name='uq_avoided_address_once'),
    )
    op.create_index(op.f('ix_avoided_address_address_id'), 'avoided_address', ['address_id'])
    op.execute(f"INSERT INTO avoided_address ({COLUMNS}, origin) SELECT {COLUMNS}, 'door' FROM pair_exclusion")
    op.drop_table('pair_exclusion')


def downgrade() -> None:
    """Back to the tables before; what was said at the desk was not there then."""
    _of_an_account(
        'pair_exclusion',
        sa.Column('address_id', ID, nullable=False),
        _at_an_address('pair_exclusion'),
        sa.UniqueConstraint('account_id', 'address_id', name='uq_pair_exclusion_once'),
    )
    op.execute(f"INSERT INTO pair_exclusion ({COLUMNS}) SELECT {COLUMNS} FROM avoided_address WHERE origin = 'door'")
    op.drop_index(op.f('ix_avoided_address_address_id'), table_name='avoided_address')
    op.drop_index(op.f('ix_volunteer_absence_account_id'), table_name='volunteer_absence')
    for name in ('avoided_address', 'avoided_street', 'volunteer_absence', 'volunteer_day_part', 'volunteer_profile'):
        op.drop_table(name)
