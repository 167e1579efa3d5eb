"""What a household's own phone reads from a code on the volunteer's screen."""

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator

FRONTEND = Path(__file__).parents[2] / "frontend"
DECODER = """
const decode = require('jsqr');
const [width, height] = process.argv.slice(1).map(Number);
const dots = new Uint8ClampedArray(require('fs').readFileSync(0));
process.stdout.write(decode(dots, width, height)?.data ?? '');
"""


def reads(code: Locator) -> str:
    """The text of a code as its pixels stand on the screen; '' when it cannot be read."""
    return code_in(Image.open(BytesIO(code.screenshot())))


def code_in(image: Image.Image) -> str:
    """The text of a code in a picture; '' when it cannot be read."""
    picture = image.convert("RGBA")
    decoded = subprocess.run(  # noqa: S603 - our own decoder on our own picture
        ["node", "-e", DECODER, str(picture.width), str(picture.height)],  # noqa: S607 - found as make finds it
        input=picture.tobytes(),
        cwd=FRONTEND,
        capture_output=True,
        check=True,
    )
    return decoded.stdout.decode()
