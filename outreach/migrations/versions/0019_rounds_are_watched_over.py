"""rounds are watched over"""

import sqlalchemy as sa
from alembic import op

import outreach.db

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def _ids() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column('id', outreach.db.IdType(), nullable=False),
        sa.Column('municipality_id', outreach.db.IdType(), nullable=False),
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        sa.ForeignKeyConstraint(
            ['municipality_id'], ['municipality.id'], name=op.f(f'fk_{table}_municipality_id')
        ),
        sa.ForeignKeyConstraint(
            ['municipality_id', 'round_id'], ['round.municipality_id', 'round.id'],
            name=op.f(f'fk_{table}_municipality_id_round_id'),
        ),
        sa.UniqueConstraint('municipality_id', 'id', name=op.f(f'uq_{table}_municipality_id_id')),
    )


def upgrade() -> None:
    """To this version's tables."""
    op.add_column(
        'municipality',
        sa.Column('watch_minutes', sa.Integer(), nullable=False, server_default='30'),
    )
    op.create_index('ix_round_day', 'round', ['municipality_id', 'date'])
    op.create_table(
        'round_watch',
        *_ids(),
        sa.Column('round_id', outreach.db.IdType(), nullable=False),
        sa.Column('state', sa.String(10), nullable=False),
        sa.Column('checked_in', sa.Boolean(), nullable=False),
        sa.Column('checked_out', sa.Boolean(), nullable=False),
        sa.Column('until', sa.String(5), nullable=False),
        sa.Column('started_at', outreach.db.UtcDateTime(), nullable=False),
        sa.Column('last_contact_at', outreach.db.UtcDateTime(), nullable=False),
        sa.Column('finished_at', outreach.db.UtcDateTime(), nullable=True),
        sa.Column('due_at', outreach.db.UtcDateTime(), nullable=True),
        sa.Column('spell', sa.Integer(), nullable=False),
        sa.Column('changes', sa.Integer(), nullable=False),
        *_keys('round_watch'),
        sa.UniqueConstraint('round_id', name=op.f('uq_round_watch_round_id')),
    )
    op.create_index('ix_round_watch_due_at', 'round_watch', ['due_at'])
    op.create_table(
        'watch_alert',
        *_ids(),
        sa.Column('round_id', outreach.db.IdType(), nullable=True),
        sa.Column('account_id', outreach.db.IdType(), nullable=True),
        sa.Column('kind', sa.String(10), nullable=False),
        sa.Column('spell', sa.Integer(), nullable=True),
        sa.Column('raised_at', outreach.db.UtcDateTime(), nullable=False),
        sa.Column('next_tell_at', outreach.db.UtcDateTime(), nullable=True),
        sa.Column('told', sa.Integer(), nullable=False),
        sa.Column('taken_by', outreach.db.IdType(), nullable=True),
        sa.Column('taken_at', outreach.db.UtcDateTime(), nullable=True),
        sa.Column('closed_by', outreach.db.IdType(), nullable=True),
        sa.Column('closed_at', outreach.db.UtcDateTime(), nullable=True),
        sa.Column('outcome', sa.String(20), nullable=False),
        *_keys('watch_alert'),
        sa.UniqueConstraint('round_id', 'kind', 'spell', name='uq_watch_alert_once'),
    )
    op.create_index(
        'ix_watch_alert_open', 'watch_alert', ['municipality_id'],
        sqlite_where=sa.text('closed_at IS NULL'),
        postgresql_where=sa.text('closed_at IS NULL'),
    )


def downgrade() -> None:
    """Back to the tables before."""
    op.drop_table('watch_alert')
    op.drop_table('round_watch')
    op.drop_index('ix_round_day', 'round')
    op.drop_column('municipality', 'watch_minutes')
