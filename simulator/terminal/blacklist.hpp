#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::simulator {

/// A line that is no card, and was skipped.
struct SkippedLine {
    std::filesystem::path file;
    std::size_t line = 0;
    std::string text;
};

/// Cards that a terminal refuses and locks. A card is looked up by city, industry and ASN (clauses.md E, F table 1901);
/// an entry of an ASN alone, as lists for people have it (clauses.md D), hits in any city and industry.
class Blacklist {
public:
    using Asn = std::array<core::Byte, 8>;
    /// City 2, industry 2, ASN 8.
    using Card = std::array<core::Byte, 12>;

    void add(const Asn& asn);
    void add(const Card& card);

    [[nodiscard]] bool contains(const Card& card) const;
    [[nodiscard]] std::size_t size() const { return cards_.size() + serials_.size(); }
    void clear();

    /// Ascending.
    [[nodiscard]] const std::vector<Card>& cards() const { return cards_; }
    [[nodiscard]] const std::vector<Asn>& serials() const { return serials_; }

    /// A list for people: 24 hexadecimal digits (city, industry, ASN) or 16 (ASN) a line, blanks and what stands behind
    /// `#` do not count. Lines of another form are skipped and told.
    [[nodiscard]] static core::Result<Blacklist> read(const std::filesystem::path& path,
                                                      std::vector<SkippedLine>& skipped);

private:
    std::vector<Card> cards_; ///< sorted, none twice
    std::vector<Asn> serials_;
};

} // namespace tongka::simulator
