"""Argon2id passwords, and counted tries that slow guessing without telling who exists."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from outreach.access import tries
from outreach.errors import InputError

SHORTEST = 12
COMMON = ("wachtwoord", "password", "welkom", "123456", "qwerty", "voordeur")
FREE_TRIES = 5
_hasher = PasswordHasher()
# Verified when nobody has the address, so that both answers take as long.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """An Argon2id hash with its parameters."""
    return _hasher.hash(password)


def password_errors(password: str) -> list[InputError]:
    """What is wrong with a new password: too short, or too common with its digits stripped."""
    if len(password) < SHORTEST:
        return [InputError("/password", "password-too-short")]
    bare = password.lower().strip("0123456789!?. ")
    if bare in COMMON or len(set(password)) < SHORTEST // 3:
        return [InputError("/password", "password-too-common")]
    return []


def fits(password_hash: str, password: str) -> bool:
    """Whether the password is the one behind the hash; an empty hash fits nothing."""
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(password_hash)


def _email_key(email: str) -> str:
    """One key for every way to write an address that finds the same account."""
    return tries.key_of("email", email.strip().lower())


def refuse_when_tried_too_often(email: str, origin: str) -> None:
    """Raise TooManyTries while the address or the caller has to wait."""
    for key in (_email_key(email), tries.key_of("origin", origin)):
        tries.refuse_while_waiting(key)


def count_failure(email: str, origin: str) -> None:
    """Count one failed try; after five each next one doubles the wait, up to 15 minutes.

    A caller's address has ten times the room: a whole base may share one.
    """
    tries.count(_email_key(email), FREE_TRIES)
    tries.count(tries.key_of("origin", origin), FREE_TRIES * 10)


def forget_failures(email: str) -> None:
    """After a good sign-in the address starts afresh."""
    tries.forget(_email_key(email))
