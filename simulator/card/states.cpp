#include "simulator/card/states.hpp"

namespace tongka::simulator {
namespace {

constexpr auto states = static_cast<std::size_t>(State::count_);
constexpr auto actions = static_cast<std::size_t>(Action::count_);

constexpr Effect A = Effect::acts;
constexpr Effect D = Effect::drops;
constexpr Effect R = Effect::refuses;

// clang-format off
// Columns: INITIALIZE FOR load, unload, purchase, cash withdrawal, composite, update, grey lock, grey unlock;
// completions: credit for load, debit for unload, debit for purchase, composite cache, overdraw limit, grey lock,
// debit for unlock, grey unlock; any other command.
constexpr Effect table[states][actions] = {
    /* idle            */ {A, A, A, A, A, A, A, R,  R, R, R, R, R, R, R, R,  A},
    /* load            */ {D, D, D, D, D, D, D, R,  A, R, R, R, R, R, R, R,  D},
    /* unload          */ {D, D, D, D, D, D, D, R,  R, A, R, R, R, R, R, R,  D},
    /* purchase        */ {D, D, D, D, D, D, D, R,  R, R, A, R, R, R, R, R,  D},
    /* cash withdrawal */ {D, D, D, D, D, D, D, R,  R, R, A, R, R, R, R, R,  D},
    /* composite       */ {D, D, D, D, D, D, D, R,  R, R, A, A, R, R, R, R,  D},
    /* overdraft limit */ {D, D, D, D, D, D, D, R,  R, R, R, R, A, R, R, R,  D},
    /* grey lock       */ {D, D, D, D, D, D, D, R,  R, R, R, R, R, A, R, R,  D},
    /* locked          */ {R, R, R, R, R, R, R, A,  R, R, R, R, R, R, A, R,  A},
    /* online unlock   */ {R, R, R, R, R, R, R, D,  R, R, R, R, R, R, D, A,  D},
};
// clang-format on

/// The commands of transactions by their headers (standards.md 4.2).
struct Header {
    core::Byte cla;
    core::Byte ins;
    int p1; ///< -1: any
    Action action;
};
constexpr Header headers[] = {
    {0x80, 0x50, 0x00, Action::initialize_for_load},
    {0x80, 0x50, 0x01, Action::initialize_for_purchase},
    {0x80, 0x50, 0x02, Action::initialize_for_cash_withdrawal},
    {0x80, 0x50, 0x03, Action::initialize_for_composite},
    {0x80, 0x50, 0x04, Action::initialize_for_update},
    {0x80, 0x50, 0x05, Action::initialize_for_unload},
    {0x80, 0x52, -1, Action::credit_for_load},
    {0x80, 0x54, 0x03, Action::debit_for_unload},
    {0x80, 0x54, -1, Action::debit_for_purchase},
    {0x80, 0x58, -1, Action::update_overdraw_limit},
    {0x80, 0xDC, -1, Action::update_composite_cache},
    {0xE0, 0x7A, 0x08, Action::initialize_for_grey_lock},
    {0xE0, 0x7A, 0x09, Action::initialize_for_grey_unlock},
    {0xE0, 0x7C, 0x08, Action::grey_lock},
    {0xE0, 0x7E, 0x08, Action::debit_for_unlock},
    {0xE0, 0x7E, 0x09, Action::grey_unlock},
    {0xE0, 0x7C, 0x09, Action::grey_unlock},
};

constexpr std::string_view state_names[] = {"idle",
                                            "load initialized",
                                            "unload initialized",
                                            "purchase initialized",
                                            "cash withdrawal initialized",
                                            "composite purchase initialized",
                                            "overdraft limit initialized",
                                            "grey lock initialized",
                                            "grey-locked",
                                            "online unlock initialized"};
static_assert(std::size(state_names) == states);

constexpr std::string_view action_names[] = {"INITIALIZE FOR LOAD",
                                             "INITIALIZE FOR UNLOAD",
                                             "INITIALIZE FOR PURCHASE",
                                             "INITIALIZE FOR CASH WITHDRAW",
                                             "INITIALIZE FOR CAPP PURCHASE",
                                             "INITIALIZE FOR UPDATE",
                                             "INITIALIZE FOR GREY LOCK",
                                             "INITIALIZE FOR GREY UNLOCK",
                                             "CREDIT FOR LOAD",
                                             "DEBIT FOR UNLOAD",
                                             "DEBIT FOR PURCHASE",
                                             "UPDATE CAPP DATA CACHE",
                                             "UPDATE OVERDRAW LIMIT",
                                             "GREY LOCK",
                                             "DEBIT FOR UNLOCK",
                                             "GREY UNLOCK",
                                             "any other"};
static_assert(std::size(action_names) == actions);

} // namespace

Effect effect(State state, Action action) {
    return table[static_cast<std::size_t>(state)][static_cast<std::size_t>(action)];
}

Action action_of(const core::Command& command) {
    for (const Header& header : headers)
        if (header.cla == command.cla && header.ins == command.ins && (header.p1 < 0 || header.p1 == command.p1))
            return header.action;
    return Action::other;
}

std::string_view name(State state) {
    return state_names[static_cast<std::size_t>(state)];
}
std::string_view name(Action action) {
    return action_names[static_cast<std::size_t>(action)];
}
std::string_view name(Effect effect) {
    constexpr std::string_view names[] = {"acts", "ends it", "refused"};
    return names[static_cast<std::size_t>(effect)];
}

} // namespace tongka::simulator
