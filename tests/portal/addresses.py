"""网址. Every page template of the portal with an address that shows it, and what stands in its head."""

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = (*SITE, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = (*COLUMN, "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Url")

PAGES = {
    "/": SITE,
    "/map/": SITE,
    "/search/": SITE,
    "/search/?q=2023": SITE,
    "/disclosure/": COLUMN,
    "/leaders/": COLUMN,
    "/normative/": COLUMN,
    "/normative/?validity=in_force": COLUMN,
    "/disclosure/systems/": COLUMN,
    "/disclosure/statutory/": COLUMN,
    "/disclosure/budgets/": COLUMN,
    "/disclosure/reports/": COLUMN,
    "/duties/": COLUMN,
    "/duties/budgets/": COLUMN,
    "/data/": COLUMN,
    "/apply/": COLUMN,
    "/disclosure/guide/": ARTICLE,
    "/disclosure/application/": ARTICLE,
    "/pages/review-rules/": ARTICLE,
    "/pages/privacy/": ARTICLE,
    "/reports/2023/": ARTICLE,
    "/reports/2023/1/": ARTICLE,
    "/reports/2023/2/": ARTICLE,
    "/reports/2022/": ARTICLE,
}
FOR_MACHINES = (
    "/leaders/leaders.json",
    "/leaders/leaders.csv",
    "/normative/documents.json",
    "/normative/documents.csv",
    "/health",
    "/health/live",
    "/health/ready",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-pages-0.xml",
    "/feed.atom",
    "/disclosure/systems/feed.atom",
    "/data/catalogue.json",
    "/data/items/budgets/2023.json",
    "/data/items/budgets/2023.csv",
    "/data/reports.json",
    "/data/reports.csv",
    "/data/schemas/report.json",
    "/.well-known/security.txt",
)
