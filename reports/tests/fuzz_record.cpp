#include <cstdlib>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "reports/html.hpp"
#include "reports/junit.hpp"
#include "reports/report_json.hpp"
#include "reports/summary_text.hpp"
#include "reports/tests/folder.hpp"

using namespace tongka;
using namespace tongka::reports;

/// The chain would stop every changed line at once: each line that is an object gets the hash it should have.
static std::string chained(const std::string& lines) {
    std::istringstream in(lines);
    std::string record;
    std::string prev(64, '0');
    for (std::string line; std::getline(in, line);) {
        if (auto value = nlohmann::json::parse(line, nullptr, false); value.is_object()) {
            value["prev"] = prev;
            line = value.dump();
        }
        prev = core::to_hex(core::sha256({reinterpret_cast<const core::Byte*>(line.data()), line.size()}));
        record += line + '\n';
    }
    return record;
}

// Any record is refused or reported; what is reported is JSON, and a page with one script element that runs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::Folder folder;
    std::string text(reinterpret_cast<const char*>(data), size);
    if (!text.starts_with('='))
        text = chained(text);
    else
        text.erase(0, 1);
    const auto file = folder.write("record.jsonl", text);
    const auto summary = summarize(file);
    if (!summary)
        return 0;
    auto pieces = RecordPieces::open(file);
    std::ostringstream json;
    std::ostringstream junit;
    std::ostringstream html;
    if (!pieces || !write_json(json, *summary, *pieces) || !write_html(html, *summary, *pieces, core::Language::zh))
        std::abort();
    write_junit(junit, *summary, core::Language::en);
    const auto page = html.str();
    const auto script = page.find("<script>");
    if (!nlohmann::json::accept(json.str()) || script == page.npos || page.find("<script>", script + 1) != page.npos)
        std::abort();
    if (summary_text(*summary, "out", {}).find('\x1b') != std::string::npos)
        std::abort();
    return 0;
}
