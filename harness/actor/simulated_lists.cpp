#include "harness/actor/simulated_lists.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/actor/file_keys.hpp"
#include "harness/actor/simulated_files.hpp"
#include "harness/clearing/check.hpp"
#include "harness/clearing/field_codec.hpp"
#include "harness/clearing/lists.hpp"
#include "harness/clearing/record_writer.hpp"

namespace tongka::harness {

using namespace clearing;
namespace fs = std::filesystem;

namespace {

constexpr auto date = "20261122";
constexpr auto settle_date = "20261124";

/// 错误, in GBK: what a centre says of its codes is not public.
constexpr std::string_view error_in_gbk = "\xB4\xED\xCE\xF3";

class Lists {
public:
    Lists(const std::vector<Layout>& layouts, const fs::path& folder, const FileSet& set)
        : layouts_(layouts), folder_(folder), set_(set) {}

    core::Result<void> write(std::string_view layout_name, FileName name, const std::vector<std::string>& records) {
        TONGKA_TRY(const auto* layout, find_layout(layouts_, layout_name));
        const auto folder = folder_ / layout->name; // the names of SS fit several layouts: the folder tells
        std::error_code error;
        fs::create_directories(folder, error);
        TONGKA_TRY(auto writer, RecordWriter::create(folder / make_file_name(*layout, name), *layout, name));
        for (const auto& record : records)
            TONGKA_CHECK(writer.write_raw(record));
        return writer.finish();
    }

    core::Result<void> cards(const std::vector<std::uint64_t>& blacklist);
    core::Result<void> codes();
    core::Result<void> adjustments();
    core::Result<void> city_answers(JudgedFiles& judged);
    core::Result<void> binary(std::string_view layout_name);

private:
    const std::vector<Layout>& layouts_;
    const fs::path& folder_;
    const FileSet& set_;
};

core::Result<void> Lists::cards(const std::vector<std::uint64_t>& blacklist) {
    std::vector<std::string> plain;
    std::vector<std::string> with_level;
    for (const auto card : blacklist) {
        plain.push_back(fmt::format("0000{:016X}", card));
        with_level.push_back(plain.back() + "00");
    }
    TONGKA_CHECK(write("blacklist", {.date = date}, with_level));
    TONGKA_CHECK(write("blacklist-plain", {.date = date}, plain));
    return write("lock-list", {.date = date}, plain);
}

core::Result<void> Lists::codes() {
    std::vector<std::string> codes;
    for (const auto& one : verdicts())
        if (one.verdict != Verdict::accepted && one.verdict != Verdict::bad_line)
            codes.push_back(fmt::format("0001{:06}{}00000000", one.code, error_in_gbk));
    std::vector<std::string> cities;
    for (const auto& city : simulated_cities)
        cities.push_back(core::to_hex(city) + "0000");
    const FileName name{.date = date, .city = "2144", .serial = "1"};
    TONGKA_CHECK(write("EC", name, codes));
    return write("WL", name, cities);
}

/// One record that DT refuses is taken up again.
core::Result<void> Lists::adjustments() {
    TONGKA_TRY(const auto* layout, find_layout(layouts_, "SA"));
    const auto refused = by_key(set_, "DT", card_key);
    for (const auto* file : set_.of("FH"))
        for (const auto& record : file->records) {
            if (set_.plant_at(file->name, record.transaction.line) != "insufficient")
                continue;
            Transaction adjusted = record.transaction;
            adjusted.serial = refused.at(card_key(adjusted))[0].record->serial;
            adjusted.settle_date = {0x20, 0x26, 0x11, 0x25};
            std::string text;
            if (encode(*layout, adjusted, text) != nullptr)
                return core::fail("SA: a field has no room for its value");
            return write("SA", {.date = "20261125", .city = core::to_hex(adjusted.trading_city), .serial = "1"},
                         {text});
        }
    return core::fail("no refused record is there to be adjusted");
}

/// SS, QS and NS of the uploads XF.
core::Result<void> Lists::city_answers(JudgedFiles& judged) {
    TONGKA_TRY(const auto* ss, find_layout(layouts_, "SS"));
    TONGKA_TRY(const auto* judgements, judged.of("XF"));
    std::vector<std::string> refused;
    std::vector<std::string> listed;
    std::map<std::uint64_t, std::pair<Amount, Amount>> sums;
    const auto files = set_.of("XF");
    for (std::size_t at = 0; at < files.size(); ++at) {
        const auto name = files[at]->path.filename().native();
        listed.push_back(fmt::format("{:<30}{}FFFFFFFF", name, settle_date));
        for (std::size_t record = 0; record < files[at]->records.size(); ++record) {
            const auto verdict = (*judgements)[at][record].verdict;
            Transaction one = files[at]->records[record].transaction;
            auto& [confirmed, set_aside] = sums[one.merchant];
            (verdict == Verdict::accepted ? confirmed : set_aside).add(one);
            if (verdict == Verdict::accepted)
                continue;
            one.settle_date = {0x20, 0x26, 0x11, 0x24};
            std::string text;
            if (encode(*ss, one, text) != nullptr)
                return core::fail("SS: a field has no room for its value");
            text.replace(ss->record.find("file")->offset, 30, fmt::format("{:<30}", name));
            text.replace(ss->record.find("reason")->offset, 2, fmt::format("{:02}", info(verdict).code));
            refused.push_back(std::move(text));
        }
    }
    std::vector<std::string> summary;
    for (const auto& [merchant, pair] : sums)
        summary.push_back(fmt::format("{:015}{}{:08}{:010}{:08}{:010}{:036}{:08}", merchant, settle_date,
                                      pair.first.count, pair.first.sum, pair.second.count, pair.second.sum, 0, 0));
    const FileName name{.date = settle_date, .city = {}, .serial = "1", .industry = "01", .merchant = "1000"};
    TONGKA_CHECK(write("SS", name, refused));
    TONGKA_CHECK(write("QS", name, summary));
    return write("NS", name, listed);
}

core::Result<void> Lists::binary(std::string_view layout_name) {
    TONGKA_TRY(const auto* layout, find_layout(layouts_, layout_name));
    const auto folder = folder_ / layout->name;
    std::error_code error;
    fs::create_directories(folder, error);
    TONGKA_TRY(auto writer, RecordWriter::create(folder / "records.bin", *layout, {}));
    const auto* const upload = set_.of("FH")[0];
    for (const auto& record : upload->records)
        if (set_.plant_at(upload->name, record.transaction.line).empty())
            TONGKA_CHECK(writer.write(record.transaction));
    return writer.finish();
}

} // namespace

core::Result<void> take_blacklist(const std::vector<Layout>& layouts, const fs::path& folder,
                                  std::vector<std::uint64_t>& into) {
    TONGKA_TRY(const auto* layout, find_layout(layouts, "blacklist"));
    Layout any_name = *layout;
    any_name.file_name.clear();
    std::vector<Fault> faults;
    const auto list = folder / "blacklist.txt";
    TONGKA_TRY(const auto cards, read_blacklist(list, any_name, keep(faults)));
    into.insert(into.end(), cards.begin(), cards.end());
    std::error_code error;
    fs::remove(list, error);
    return {};
}

core::Result<void> write_simulated_lists(const std::vector<Layout>& layouts, TacKeys& keys,
                                         const std::vector<std::uint64_t>& blacklist, const fs::path& folder) {
    TONGKA_TRY(const auto set, FileSet::load(folder, layouts, {}));
    Lists lists(layouts, folder, *set);
    TONGKA_CHECK(lists.cards(blacklist));
    TONGKA_CHECK(lists.codes());
    TONGKA_CHECK(lists.adjustments());
    // The blacklist is part of what XF is judged by, and was written just now.
    TONGKA_TRY(const auto with_lists, FileSet::load(folder, layouts, {}));
    JudgedFiles judged(*with_lists, &keys, end_of_simulated_day);
    Lists answers(layouts, folder, *with_lists);
    TONGKA_CHECK(answers.city_answers(judged));
    for (const auto* layout : {"beijing-128", "vendor-64", "ministry-39"})
        TONGKA_CHECK(answers.binary(layout));
    return {};
}

} // namespace tongka::harness
