"""验证副本. By the signed manifest and the public key alone: no database, no private key; also on another machine."""

from pathlib import Path

from gongkai.portal.static_copy import manifest as manifests
from gongkai.portal.static_copy.folder import CopyFolder
from gongkai.portal.static_copy.manifest import MANIFEST, SIGNATURE, Manifest, digest_of


def faults(root: Path, *, keys: Path) -> list[str]:
    """What does not hold, a line each. Raises KeyMissing without ``copy.public``."""
    folder = CopyFolder(root)
    content = folder.read_beside(MANIFEST)
    if not manifests.is_signed(content, folder.read_beside(SIGNATURE), keys=keys):
        return ["清单不是用这把密钥签的，或者被改动过"]
    manifest = Manifest.of(content)
    standing = dict(folder.files())
    found = [f"多出：{file}" for file in sorted(set(standing) - set(manifest.files))]
    for file, entry in sorted(manifest.files.items()):
        if file not in standing:
            found.append(f"缺少：{file}")
        elif standing[file] is None or digest_of(folder.read(file), manifest.suite) != entry.digest:
            found.append(f"改动：{file}")
    return found
