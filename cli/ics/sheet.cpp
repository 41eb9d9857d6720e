#include "cli/ics/sheet.hpp"

#include <sys/stat.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "core/output_file.hpp"

namespace tongka::cli::ics {
namespace {

using harness::Declaration;
using harness::Proforma;

void comment(std::string& text, const harness::Words& question) {
    text += fmt::format("  # {}\n  # {}\n", question.zh, question.en);
}

void add_item(std::string& text, const harness::ProformaItem& item, const Declaration& answers) {
    comment(text, item.question);
    text += fmt::format("  # {}", harness::item_statuses[static_cast<std::size_t>(item.status)]);
    if (item.when)
        text += fmt::format(" ({})", item.when->source.text);
    if (!item.references.empty())
        text += fmt::format("; {}", fmt::join(item.references, ", "));
    const auto found = answers.claims.find(item.key);
    const auto* const answer = found == answers.claims.end() ? "" : found->second ? "yes" : "no";
    text += fmt::format("\n  {}: \"{}\"\n", item.key, answer);
}

std::string width_of(const harness::ProformaValue& value) {
    return value.shortest == value.longest ? std::to_string(value.shortest)
                                           : fmt::format("{}..{}", value.shortest, value.longest);
}

void add_value(std::string& text, const harness::ProformaValue& value, const Declaration& answers) {
    comment(text, value.question);
    text += fmt::format("  # bytes: {}, {}", width_of(value),
                        harness::value_formats[static_cast<std::size_t>(value.format)]);
    if (value.needed_by)
        text += fmt::format("; {}", value.needed_by->source.text);
    if (!value.proposed.empty())
        text += fmt::format("; default: {}", core::to_hex(value.proposed));
    const auto found = answers.values.find(value.name);
    text +=
        fmt::format("\n  {}: \"{}\"\n", value.name, found == answers.values.end() ? "" : core::to_hex(found->second));
}

} // namespace

std::string sheet(const std::vector<const Proforma*>& kinds, const Declaration& answers) {
    std::string ics;
    std::string ixit;
    std::string tries;
    for (const auto* proforma : kinds) {
        ics += fmt::format("\n  # ==== {} / {} ====\n", proforma->title.zh, proforma->title.en);
        for (const auto& item : proforma->items)
            add_item(ics, item, answers);
        for (const auto& value : proforma->values)
            add_value(ixit, value, answers);
        for (const auto& one : proforma->tries) {
            comment(tries, one.question);
            const auto found = answers.tries.find(one.name);
            tries += fmt::format("  {}: \"{}\"\n", one.name,
                                 found == answers.tries.end() ? "" : std::to_string(found->second));
        }
    }
    return "# ICS / IXIT (tongka ics)\nics:" + ics + (ixit.empty() ? "" : "\nixit:\n" + ixit) +
           (tries.empty() ? "" : "\ntries:\n" + tries);
}

core::Result<std::vector<const Proforma*>> chosen(const harness::Proformas& proformas,
                                                  const std::vector<std::string>& kinds) {
    std::vector<const Proforma*> found;
    for (const auto& kind : kinds.empty() ? std::vector<std::string>{"card", "psam", "isam"} : kinds) {
        const auto* proforma = proformas.find(kind);
        if (proforma == nullptr)
            return core::fail(
                fmt::format("there is no proforma '{}'{}", kind, core::suggest(kind, harness::proforma_kinds)));
        found.push_back(proforma);
    }
    return found;
}

core::Result<void> write_new(const std::filesystem::path& path, const std::string& text, bool replace) {
    std::error_code error;
    if (!replace && std::filesystem::exists(path, error))
        return core::fail(fmt::format("{}: is there already; choose another name", path.string()));
    const auto before = ::umask(S_IRWXG | S_IRWXO);
    auto file = core::OutputFile::create(path);
    ::umask(before);
    if (!file)
        return core::fail(file.error());
    file->stream() << text;
    TONGKA_CHECK(file->close());
    return file->commit();
}

} // namespace tongka::cli::ics
