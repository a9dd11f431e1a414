# 公开 gongkai.  make demo：装好并看一个单位的一年；make test：装好并运行全部测试。
PY := .venv/bin/python
export GONGKAI_HOME ?= $(CURDIR)/gongkai-home

.PHONY: help setup develop demo test check fix bench prove bundle lock sbom

help: ## 列出全部目标
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

setup: ## 只安装
	@python3 tools/prepare.py run

develop: ## 安装，连同开发和测试所需
	@python3 tools/prepare.py dev

demo: setup ## 装入示例单位的2023年，启动公众侧和工作人员侧
	@exec env GONGKAI_MODE=demo $(PY) -m gongkai demo

test: develop ## 安装并运行全部测试（SQLite、PostgreSQL、浏览器）
	@env -u GONGKAI_HOME sh tools/test.sh

check: develop ## 格式、类型、分层约定、迁移
	@env -u GONGKAI_HOME sh tools/check.sh

fix: develop ## 自动整理格式
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

bench: develop ## 性能：逐项对照目标
	@env -u GONGKAI_HOME $(PY) -m bench

prove: develop ## 较慢的证明：大量往返、随机历史、杀进程，PostgreSQL上的页面
	@env -u GONGKAI_HOME $(PY) -m pytest tests -m prove -n 2 -q
	@env -u GONGKAI_HOME GONGKAI_TESTS_ON_FILES=1 $(PY) -m pytest tests/duties tests/agencies -m prove -k "rel_03 or hundred_thousand_rows" -n 0 -q
	@env -u GONGKAI_HOME $(PY) -m tests.with_postgresql -- $(PY) -m pytest tests/duties tests/agencies tests/portal/intake/test_one_form.py -m prove -k "rel_03 or two_hundred_forms or hundred_thousand_rows" -n 0 -q
	@env -u GONGKAI_HOME $(PY) -m tests.with_postgresql -- $(PY) -m pytest tests -m "django_db and not prove and not journey" -n 2 -q

bundle: develop ## 离线安装包：全部组件连同校验值
	@sh tools/bundle.sh

lock: develop ## 由pyproject.toml重新生成requirements
	@PATH=$(CURDIR)/.venv/bin:$$PATH sh tools/lock.sh

sbom: develop ## 组件清单（CycloneDX）
	@mkdir -p dist && .venv/bin/cyclonedx-py requirements requirements/run.txt --of JSON -o dist/sbom.json && echo dist/sbom.json
