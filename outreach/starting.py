"""A municipality's first day: its row, its texts, and an admin who can let the others in."""

from flask import current_app

from outreach.access import accounts
from outreach.access.actor import actor_of
from outreach.access.models import Account, Municipality
from outreach.access.roles import Role
from outreach.clock import new_id, now
from outreach.db import db
from outreach.guides.publishing import publish_packaged


def found_municipality(name: str, email: str, admin_name: str) -> str:
    """Make the municipality and its first admin; gives the link that sets the password."""
    municipality = Municipality(id=new_id(), name=name)
    db.session.add(municipality)
    db.session.flush()
    publish_packaged(municipality.id)
    admin = Account(
        id=new_id(),
        municipality_id=municipality.id,
        email=email.strip().lower(),
        name=admin_name,
        first_name=admin_name.split(maxsplit=1)[0],
        role=Role.ADMIN,
        created_at=now(),
    )
    db.session.add(admin)
    db.session.flush()
    token = accounts.invite(actor_of(admin), admin)
    db.session.commit()
    return f"{current_app.config['PUBLIC_URL']}/invitation#{token}"
