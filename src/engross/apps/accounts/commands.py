"""What can be done to accounts."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction

from engross.apps.accounts.models import User
from engross.core.refusals import Reason, Refused


@transaction.atomic
def add_staff(*, email: str, name: str, password: str) -> User:
    """Make an account for a member of staff, who sets up the second factor on signing in.

    Raises Refused if the address is taken or not an address.
    """
    try:
        user = User.objects.create_user(email, password, name=name, is_staff=True)
    except ValidationError as error:
        reasons = [
            Reason(message.rstrip("."), "Give another address") for message in error.messages
        ]
        raise Refused(reasons) from error
    # Whoever made the account vouches for the address; a second factor needs a verified one.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
