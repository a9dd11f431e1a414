#!/bin/sh
# An archive that installs without a network: this source, every wheel, and their hashes.
set -eu
version=$(.venv/bin/python -c 'import gongkai; print(gongkai.__version__)')
name="gongkai-$version-offline"
rm -rf "dist/$name" && mkdir -p "dist/$name"
git archive HEAD | tar -x -C "dist/$name"
.venv/bin/python -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
  --dest "dist/$name/wheelhouse" -r requirements/run.txt
tar -C dist -czf "dist/$name.tar.gz" "$name"
(cd dist && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
rm -rf "dist/$name"
echo "dist/$name.tar.gz"
