"""《中华人民共和国个人信息保护法》: how long what names people may be kept."""
