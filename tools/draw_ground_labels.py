"""遮盖理由的字样. Draws the short words that stand in a redaction box, once, with any font that has them.

    python tools/draw_ground_labels.py NotoSansCJK-Regular.ttc > gongkai/redaction/labels.json

The pictures are kept in the repository, so that a box looks the same on every machine and equal files give equal results.
"""

import base64
import json
import sys
import zlib

from PIL import Image, ImageDraw, ImageFont

HEIGHT = 48
WORDS = {
    "STATE_SECRET": ("第十四条　国家秘密", "国家秘密"),
    "PROHIBITED_BY_LAW": ("第十四条　法律法规禁止公开", "法规禁止"),
    "SECURITY_OR_STABILITY": ("第十四条　三安全一稳定", "安全稳定"),
    "THIRD_PARTY": ("第十五条　第三方权益", "第三方权益"),
    "INTERNAL_AFFAIRS": ("第十六条　内部事务", "内部事务"),
    "DELIBERATIVE": ("第十六条　过程性信息", "过程性信息"),
    "ENFORCEMENT_FILE": ("第十六条　行政执法案卷", "执法案卷"),
}


def drawn(words: str, font: ImageFont.FreeTypeFont) -> dict[str, object]:
    width = int(font.getlength(words)) + 2
    picture = Image.new("L", (width, HEIGHT), 0)
    ImageDraw.Draw(picture).text((1, HEIGHT // 2), words, font=font, fill=255, anchor="lm")
    packed = base64.b64encode(zlib.compress(picture.tobytes(), 9)).decode()
    return {"words": words, "width": width, "height": HEIGHT, "picture": packed}


def main() -> None:
    font = ImageFont.truetype(sys.argv[1], 40)
    labels = {key: [drawn(words, font) for words in both] for key, both in WORDS.items()}
    print(json.dumps(labels, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
