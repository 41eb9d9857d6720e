#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "harness/language/condition.hpp"
#include "harness/language/pattern.hpp"
#include "harness/language/template.hpp"
#include "harness/language/words.hpp"

/// Proformas (testcases/proforma): what can be declared of a kind of device, and what each claim means.
namespace tongka::harness {

/// How a device shows that it has a thing: an answer to a command that changes nothing and costs no try. An answer that
/// fits neither pattern tells nothing.
struct Probe {
    std::vector<Template> after; ///< commands after the reset that lead there, each answered with 9000
    Template send;
    std::optional<Pattern> present{};
    std::optional<Pattern> absent{};
    std::optional<AppliesClause> when{}; ///< else it tells nothing
};

enum class ItemStatus : std::uint8_t { mandatory, optional, conditional };

/// A question of the ICS.
struct ProformaItem {
    std::string key;
    std::string kind; ///< of its proforma
    std::string place;
    Words title;
    Words question;
    ItemStatus status = ItemStatus::optional;
    std::optional<AppliesClause> when{}; ///< of a conditional one: else the answer is no, and is not asked for
    std::vector<std::string> references{};
    std::optional<Probe> probe{};
};

/// What an IXIT value is written in: any hex, decimal digits alone, a day YYYYMMDD, or a number in hex.
enum class ValueFormat : std::uint8_t { hex, bcd, date, number };

/// A question of the IXIT.
struct ProformaValue {
    std::string name;
    std::string kind;
    std::string place;
    Words title;
    Words question;
    std::size_t shortest = 1; ///< bytes
    std::size_t longest = 1;
    ValueFormat format = ValueFormat::hex;
    core::Bytes proposed{};                   ///< empty for none
    std::optional<AppliesClause> needed_by{}; ///< none: whatever is declared
};

/// How many tries of a kind the sample can spare.
struct ProformaTries {
    std::string name;
    std::string kind;
    Words title;
    Words question;
    unsigned proposed = 0;
};

/// What cannot be declared otherwise: CAPP without EP.
struct ConsistencyRule {
    std::string place;
    AppliesClause condition;
    AppliesClause demand;
    Words because;
};

struct Proforma {
    std::string kind; ///< the file's name: card, psam, isam, reader, terminal
    Words title;
    std::vector<ProformaItem> items;
    std::vector<ProformaValue> values{};
    std::vector<ProformaTries> tries{};
    std::vector<ConsistencyRule> rules{};
};

class Proformas {
public:
    /// Reads KIND.yaml of every kind. An Error, with its place, for a key or a name that stands twice, a condition over
    /// a key that no proforma has or that is asked for later, a probe that is no command.
    [[nodiscard]] static core::Result<Proformas> load(const std::filesystem::path& folder);

    [[nodiscard]] const std::vector<Proforma>& all() const { return all_; }
    [[nodiscard]] const Proforma* find(std::string_view kind) const;
    [[nodiscard]] const ProformaItem* item(std::string_view key) const;
    [[nodiscard]] const ProformaValue* value(std::string_view name) const;
    [[nodiscard]] const ProformaTries* tries(std::string_view name) const;

    [[nodiscard]] std::vector<std::string_view> keys() const;
    [[nodiscard]] std::vector<std::string_view> value_names() const;
    [[nodiscard]] std::vector<std::string_view> tries_names() const;
    [[nodiscard]] KeyTitles titles() const;

private:
    std::vector<Proforma> all_;
};

/// The kinds, in the order in which they are asked for.
inline constexpr std::string_view proforma_kinds[] = {"card", "psam", "isam", "reader", "terminal"};
inline constexpr std::string_view item_statuses[] = {"mandatory", "optional", "conditional"};
inline constexpr std::string_view value_formats[] = {"hex", "bcd", "date", "number"};

/// What is wrong with a value, in words that follow "pin: "; empty where nothing is.
[[nodiscard]] std::string fault_of(const ProformaValue& value, core::BytesView bytes);

} // namespace tongka::harness
