#include "simulator/issuer/service/terminal_book.hpp"

#include <algorithm>

#include "simulator/issuer/host/sql.hpp"

namespace tongka::simulator {

using core::BytesView;
using core::Result;

Result<void> TerminalBook::add(const TerminalNumber& number) {
    TONGKA_CHECK(database_.change("INSERT OR IGNORE INTO terminals (number) VALUES (?)", BytesView(number)));
    return {};
}

Result<std::optional<TerminalEntry>> TerminalBook::find(const TerminalNumber& number) {
    TONGKA_TRY(auto row,
               database_.prepare("SELECT sequence, request, answer, wrong_mac FROM terminals WHERE number = ?",
                                 BytesView(number)));
    TONGKA_TRY(const bool found, row.step());
    if (!found)
        return std::nullopt;
    TerminalEntry entry{.sequence = static_cast<std::uint32_t>(row.number(0)),
                        .request = {},
                        .answer = row.blob(2),
                        .wrong_mac = static_cast<std::uint64_t>(row.number(3))};
    const auto digest = row.blob(1);
    std::copy_n(digest.begin(), std::min(digest.size(), entry.request.size()), entry.request.begin());
    return entry;
}

Result<void> TerminalBook::keep(const TerminalNumber& number, std::uint32_t sequence, const core::Digest& request,
                                BytesView answer) {
    TONGKA_CHECK(database_.change("UPDATE terminals SET sequence = ?, request = ?, answer = ? WHERE number = ?",
                                  sequence, BytesView(request), answer, BytesView(number)));
    return {};
}

Result<void> TerminalBook::count_wrong_mac(const TerminalNumber& number) {
    TONGKA_CHECK(
        database_.change("UPDATE terminals SET wrong_mac = wrong_mac + 1 WHERE number = ?", BytesView(number)));
    return {};
}

Result<std::uint64_t> TerminalBook::authorisation(const LoadName& name, BytesView random) {
    TONGKA_TRY([[maybe_unused]] const int added,
               database_.change("INSERT OR IGNORE INTO authorisations VALUES (NULL, ?, ?, ?, ?)", BytesView(name.asn),
                                name.type, name.counter, random));
    TONGKA_TRY(auto row, database_.prepare(
                             "SELECT id FROM authorisations WHERE asn = ? AND type = ? AND counter = ? AND random = ?",
                             BytesView(name.asn), name.type, name.counter, random));
    TONGKA_CHECK(row.step());
    return static_cast<std::uint64_t>(row.number(0));
}

} // namespace tongka::simulator
