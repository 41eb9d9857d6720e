#include "simulator/interconnection/terminal_checks.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

constexpr CityCode interoperates{0x00, 0x01};

template <std::size_t size>
std::array<core::Byte, size> field(core::BytesView data, std::size_t at) {
    std::array<core::Byte, size> bytes{};
    std::ranges::copy(data.subspan(at, size), bytes.begin());
    return bytes;
}

} // namespace

bool admits(CityCode flag, CityCode card_city, CityCode terminal_city) {
    return card_city == terminal_city || flag == interoperates || flag == terminal_city;
}

std::optional<Verdict> find_against(const TerminalTables& terminal, core::BytesView public_data, const BcdDate& today) {
    if (today < terminal.psam_start || terminal.psam_expiry < today)
        return Verdict::psam_out_of_date;
    if (today < field<4>(public_data, 20) || field<4>(public_data, 24) < today)
        return Verdict::card_out_of_date;
    const auto city = field<2>(public_data, 2);
    if (!admits(field<2>(public_data, 10), city, terminal.city))
        return Verdict::not_interoperable;
    if (city != terminal.city && !std::ranges::binary_search(terminal.white_list, city))
        return Verdict::not_on_white_list;
    return std::nullopt;
}

} // namespace tongka::simulator
