"""二维码. A picture as a data address: no file is written and no script draws it."""

import segno


def qr_address(text: str) -> str:
    """The picture's address, for an img element."""
    return segno.make(text, error="m").svg_data_uri(scale=4, border=2)
