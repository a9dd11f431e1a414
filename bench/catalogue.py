"""有哪些基准. Name, meaning, the module that measures it, and the databases it runs on."""

from dataclasses import dataclass

BOTH = ("sqlite", "postgresql")
NONE = ("",)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """一项基准: the module's ``figures()`` yields its rows, its ``DATA`` says what they were measured on."""

    name: str
    meaning: str
    module: str
    databases: tuple[str, ...]


BENCHMARKS = (
    Benchmark("cells", "读公开报告：对、错、无法判断的格数", "bench.report_cells", NONE),
    Benchmark("report", "P7、P8 年度报告工具：启动、每核每秒份数、生成", "bench.report_speed", NONE),
    Benchmark("compile", "P5、P14 从10万条记录汇总、核对、定稿", "bench.compiling", BOTH),
    Benchmark("import", "P11 从Excel导入2万行：试算加确认", "bench.importing", BOTH),
    Benchmark("lists", "P4 台账清单：10万行和100万行", "bench.lists", BOTH),
    Benchmark(
        "portal",
        "P1、P13 公众侧：热页每秒请求数（对普通Django页、Wagtail页）、启动、内存",
        "bench.public_pages",
        ("sqlite",),
    ),
    Benchmark("search", "P3 检索：20万条，两种数据库", "bench.search", BOTH),
    Benchmark("growth", "P2、P14 公众侧清单、信息页、检索：10万条和100万条", "bench.public_growth", BOTH),
    Benchmark("audit", "审计链：追加、验证", "bench.audit_chain", BOTH),
    Benchmark("worker", "后台：从发布到公众可见", "bench.releasing", ("sqlite",)),
    Benchmark("screening", "发布前检查：1MB文字、每秒文件数", "bench.screening", NONE),
    Benchmark("intake", "P9 接收提交：50人同时，各附1MB文件", "bench.intake", BOTH),
    Benchmark("recount", "P6 重算10万件未办结申请；期限清单", "bench.recounting", BOTH),
    Benchmark("clocks", "P6的一部分：一件申请的答复期限", "bench.clocks", NONE),
)
