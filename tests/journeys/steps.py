"""办理一步, as a person takes it in the browser; each screen is looked at on its way."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import look


def submit(page: Page, stage: str = "待科室审核") -> None:
    page.get_by_role("link", name="送审", exact=True).click()
    look(page)
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text(stage).first).to_be_visible()


def conclude(page: Page, draft: str, conclusion: str, review: str, opinion: str = "") -> None:
    page.goto(draft)
    page.get_by_role("link", name=review, exact=True).click()
    look(page)
    page.get_by_label(conclusion, exact=True).check()
    page.get_by_label("意见").fill(opinion)
    page.get_by_role("button", name=f"记录{review}结论").click()
    expect(page.get_by_text(f"已记录{review}结论。")).to_be_visible()


def release(page: Page, draft: str) -> None:
    page.goto(draft)
    page.get_by_role("link", name="发布", exact=True).click()
    look(page)
    page.get_by_role("button", name="发布").click()
    for _ in range(60):
        page.goto(draft)
        if page.locator(".lead .tag-good").count():
            break
        page.wait_for_timeout(500)
    look(page)
    expect(page.locator(".lead .tag-good")).to_have_text("已发布")
