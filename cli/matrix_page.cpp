#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/matrix_output.hpp"

namespace tongka::cli {
namespace {

constexpr std::string_view head = R"(<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>互联互通矩阵 Interconnection matrix</title>
<style>
body{font-family:"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;margin:24px;color:#222;background:#f4f4f4}
h1{font-size:24px;margin:0 0 4px}h1 span{font-weight:normal;color:#555}
p{margin:6px 0;max-width:110ch;color:#333}
table{border-collapse:collapse;margin:14px 0;background:#fff}
th,td{border:1px solid #ccc;padding:5px 10px;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}
.bad{color:#B34700;font-weight:bold}
.rounds{display:grid;grid-template-columns:repeat(auto-fit,minmax(640px,1fr));gap:18px}
figure{margin:0;background:#fff;border:1px solid #ccc;padding:8px}
object{width:100%;display:block}figcaption{padding:6px 4px 0}
</style>
</head>
<body>
)";

/// The faults, where some were planted on purpose.
void write_faults(std::ostream& out, const simulator::NetworkPlan& plan) {
    for (const auto& planted : plan.faults) {
        const auto& city = plan.cities[planted.city];
        const auto& text = info(planted.fault).title;
        fmt::print(out, "<p class=\"bad\">故意设置的错误 Planted: {} {} {}: {} · {}</p>\n", code_of(city), city.name.zh,
                   city.name.en, text.zh, text.en);
    }
}

} // namespace

void write_page(std::ostream& out, const simulator::NetworkPlan& plan, const Rounds& rounds) {
    out << head;
    fmt::print(out, "<h1>互联互通矩阵 <span>Interconnection matrix</span></h1>\n");
    fmt::print(
        out,
        "<p>{0}"
        "个城市和项目的卡和PSAM出自同一套国家根密钥，每张卡在每个终端消费一次；MAC1、MAC2、TAC由卡属地的密钥核对。"
        "城市名单是示例，不是官方成员名单。</p>\n"
        "<p>Cards and PSAMs of {0} cities and projects come from one national root; every card pays at every "
        "terminal, and the keys of its home city check MAC1, MAC2 and TAC. The list of cities is an example, "
        "not the official list of members.</p>\n",
        plan.cities.size());
    write_faults(out, plan);
    out << "<table><tr><th>轮次 Round</th><th>日期 Date</th><th>卡×终端 Pairs</th><th>接受 Accepted</th>"
           "<th>与计划不符 Not as planned</th><th>文件 Files</th></tr>\n";
    for (const auto& round : rounds) {
        const auto text = title(round.stage);
        fmt::print(out,
                   "<tr><td>{0}. {1}<br>{2}</td><td>{3}</td><td class=\"n\">{4}</td><td class=\"n\">{5}</td>"
                   "<td class=\"n{6}\">{7}</td><td><a href=\"{8}.svg\">SVG</a> <a href=\"{8}.csv\">CSV</a> "
                   "<a href=\"matrix.json\">JSON</a></td></tr>\n",
                   static_cast<unsigned>(round.stage) + 1, text.zh, text.en, day(round), round.outcomes.size(),
                   round.accepted(), round.unplanned() == 0 ? "" : " bad", round.unplanned(), stem(round));
    }
    out << "</table>\n<div class=\"rounds\">\n";
    for (const auto& round : rounds)
        fmt::print(out,
                   "<figure><object type=\"image/svg+xml\" data=\"{0}.svg\"></object>"
                   "<figcaption><a href=\"{0}.svg\">单独打开 Open by itself</a></figcaption></figure>\n",
                   stem(round));
    out << "</div>\n</body>\n</html>\n";
}

} // namespace tongka::cli
