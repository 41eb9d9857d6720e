#include "simulator/chip/mistaken_status.hpp"

#include <algorithm>
#include <span>

namespace tongka::simulator {
namespace {

using enum Deviation;

constexpr core::StatusWord not_found[] = {0x6A82, 0x6A83, 0x6A88, 0x9403};
constexpr core::StatusWord lengths[] = {0x6700};
constexpr core::StatusWord parameters[] = {0x6A86, 0x6B00};
constexpr core::StatusWord order[] = {0x6985, 0x6901, 0x6984};

struct Mistake {
    Deviation of[3]; ///< of a card, a PSAM, an ISAM
    std::span<const core::StatusWord> right;
    core::StatusWord wrong;
};
constexpr Mistake mistakes[] = {
    {{card_length_as_6a80, psam_length_as_6a80, isam_length_as_6a80}, lengths, 0x6A80},
    {{card_parameters_as_6a80, psam_parameters_as_6a80, isam_parameters_as_6a80}, parameters, 0x6A80},
    {{card_not_found_as_6a80, psam_not_found_as_6a80, isam_not_found_as_6a80}, not_found, 0x6A80},
    {{card_order_as_6982, psam_order_as_6982, isam_order_as_6982}, order, 0x6982},
};
constexpr Deviation any_refusal[] = {card_refusals_as_6f00, psam_refusals_as_6f00, isam_refusals_as_6f00};

bool is_refusal(core::StatusWord sw) {
    return sw != 0x9000 && sw >> 8 != 0x61 && sw >> 8 != 0x6C;
}

} // namespace

core::StatusWord mistake_status(const Deviations& deviations, core::StatusWord right) {
    const auto has = [&](Deviation one) { return deviations.has(one); };
    if (is_refusal(right) && std::ranges::any_of(any_refusal, has))
        return 0x6F00;
    for (const auto& mistake : mistakes)
        if (std::ranges::find(mistake.right, right) != mistake.right.end() && std::ranges::any_of(mistake.of, has))
            return mistake.wrong;
    return right;
}

} // namespace tongka::simulator
