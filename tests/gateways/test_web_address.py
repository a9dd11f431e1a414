"""网址. What is an address of the web and what is not, with the sentence said about it."""

import doctest

import pytest

from gongkai.gateways import web_address
from gongkai.gateways.web_address import fault_of


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.gov.cn/",
        "http://www.example.gov.cn:8080/a/b.html?x=1#y",
        "HTTPS://WWW.EXAMPLE.GOV.CN",
        "https://示例.政务/公开",
        "https://192.0.2.1/a",
        "https://[2001:db8::1]/a",
        "https://www.example.gov.cn./",
    ],
)
def test_an_address_with_a_host_is_accepted(address):
    assert fault_of(address) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "应以 http:// 或者 https:// 开头"),
        ("见官网", "应以 http:// 或者 https:// 开头"),
        ("www.example.gov.cn", "应以 http:// 或者 https:// 开头"),
        ("javascript:alert(1)", "应以 http:// 或者 https:// 开头"),
        ("ftp://example.gov.cn/", "应以 http:// 或者 https:// 开头"),
        ("https://", "缺少主机名"),
        ("https:///a", "缺少主机名"),
        ("https://localhost/", "主机名不对"),
        ("https://-a.cn/", "主机名不对"),
        ("https://a..cn/", "主机名不对"),
        ("https://a_b,c.cn/", "主机名不对"),
        ("https://example.gov.cn:99999/", "主机名或者端口不对"),
        ("https://[2001:db8/", "主机名或者端口不对"),
        ("https://user@example.gov.cn/", "不能有用户名"),
        ("https://example.gov.cn/a b", "有空格"),
        ("https://example.gov.cn/\n", "有空格"),
        ("https://example.gov.cn/\x00", "看不见的字符"),
        ("https://example.gov.cn/" + "a" * 500, "最多500个"),
    ],
)
def test_what_is_no_address_is_refused_in_one_sentence(address, words):
    fault = fault_of(address)

    assert words in fault
    assert fault.endswith("。")


def test_the_examples_are_true():
    assert doctest.testmod(web_address).failed == 0
