#include "reports/report_data.hpp"

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"

namespace tongka::reports {
namespace {

using core::document::Mapping;
using core::document::Node;

/// One entry of the file.
struct Item {
    const char* section;
    const char* key;
    std::string ReportData::*text;
    const char* comment;
};

constexpr Item items[] = {
    {"report", "number", &ReportData::number, "报告编号 unique number of the report"},
    {"report", "issued", &ReportData::issued, "签发日期 date of issue, such as 2026-11-24"},
    {"laboratory", "name", &ReportData::laboratory, "实验室名称 name of the laboratory"},
    {"laboratory", "address", &ReportData::laboratory_address, "地址 its address"},
    {"laboratory", "accreditation", &ReportData::accreditation, "认可编号 its accreditation, if any"},
    {"laboratory", "place", &ReportData::place, "检测地点 where the tests were made, if elsewhere"},
    {"client", "name", &ReportData::client, "委托方 who asked for the tests"},
    {"client", "address", &ReportData::client_address, "地址 their address"},
    {"sample", "name", &ReportData::sample, "样品名称 what was tested"},
    {"sample", "type", &ReportData::sample_type, "型号 its type"},
    {"sample", "number", &ReportData::sample_number, "样品编号 number of the sample"},
    {"sample", "vendor", &ReportData::vendor, "生产厂家 who makes it"},
    {"sample", "chip", &ReportData::chip, "芯片 its chip"},
    {"sample", "system", &ReportData::system, "操作系统版本 its operating system and version"},
    {"sample", "received", &ReportData::received, "收样日期 when it was received"},
    {"sample", "condition", &ReportData::condition, "样品状态 in what condition"},
    {"test", "method", &ReportData::method, "检测依据 method, if not the suite as it stands"},
    {"test", "decision-rule", &ReportData::decision_rule, "判定规则 decision rule, if not that of the suite"},
    {"test", "remarks", &ReportData::remarks, "备注 anything else"},
};

struct Signer {
    const char* key;
    ReportData::Signature ReportData::*signature;
    const char* comment;
};

constexpr Signer signers[] = {{"tester", &ReportData::tester, "检测人 who made the tests"},
                              {"reviewer", &ReportData::reviewer, "审核人 who reviewed the report"},
                              {"approver", &ReportData::approver, "批准人 who authorised it"}};

core::Result<void> read_signatures(const Node& node, ReportData& data) {
    TONGKA_TRY(auto fields, Mapping::of(node, "signatures"));
    for (const auto& signer : signers)
        if (const Node* one = fields.optional(signer.key)) {
            TONGKA_TRY(auto signature, Mapping::of(*one, signer.key));
            TONGKA_TRY((data.*signer.signature).name, signature.optional_text("name"));
            TONGKA_TRY((data.*signer.signature).date, signature.optional_text("date"));
            TONGKA_CHECK(signature.finish());
        }
    return fields.finish();
}

core::Result<void> read_section(const Node& node, std::string_view section, ReportData& data) {
    TONGKA_TRY(auto fields, Mapping::of(node, section));
    for (const auto& item : items)
        if (section == item.section) {
            TONGKA_TRY(data.*item.text, fields.optional_text(item.key));
        }
    return fields.finish();
}

} // namespace

core::Result<ReportData> ReportData::load(const std::filesystem::path& file) {
    TONGKA_TRY(const Node root, core::document::read(file));
    TONGKA_TRY(auto fields, Mapping::of(root, "report data"));
    ReportData data;
    for (const auto* section : {"report", "laboratory", "client", "sample", "test"})
        if (const Node* node = fields.optional(section))
            TONGKA_CHECK(read_section(*node, section, data));
    if (const Node* node = fields.optional("departures")) {
        TONGKA_TRY(const auto* list, node->as_list("departures"));
        for (const auto& one : *list) {
            TONGKA_TRY(auto text, one.as_text("departures"));
            data.departures.emplace_back(text);
        }
    }
    if (const Node* node = fields.optional("signatures"))
        TONGKA_CHECK(read_signatures(*node, data));
    TONGKA_CHECK(fields.finish());
    return data;
}

std::string empty_report_data() {
    std::string text = "# 检测报告中记录以外的内容，由 `tongka report DIR --pdf --report-data FILE` "
                       "使用；留空者在报告中写作“未说明”。\n"
                       "# What a report tells beside its record; what is left empty is \"not stated\" in it.\n";
    std::string_view section;
    for (const auto& item : items) {
        if (section != item.section)
            text += fmt::format("\n{}:\n", item.section);
        section = item.section;
        text += fmt::format("  {}: \"\" # {}\n", item.key, item.comment);
    }
    text += "\ndepartures: [] # 偏离 departures from the procedure, a text each\n\nsignatures:\n";
    for (const auto& signer : signers)
        text += fmt::format("  {}: {{name: \"\", date: \"\"}} # {}\n", signer.key, signer.comment);
    return text;
}

} // namespace tongka::reports
