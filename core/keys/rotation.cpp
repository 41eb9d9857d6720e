#include "core/keys/rotation.hpp"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/keys/generate.hpp"
#include "core/keys/key_plan.hpp"

namespace tongka::core {
namespace {

std::string list(const std::vector<KeyName>& names) {
    std::vector<std::string> texts;
    for (const auto& name : names)
        texts.push_back(to_text(name));
    return fmt::format("{}", fmt::join(texts, ", "));
}

Result<std::vector<Byte>> in_state(const KeyStore& store, KeyState state) {
    std::set<Byte> found;
    for (const auto& record : store.records())
        if (rolls(record.name.kind) && record.state == state)
            found.insert(record.name.index);
    for (const Byte generation : found)
        for (const auto& wanted : generation_names(generation)) {
            const auto* record = find_record(store, wanted);
            if (record == nullptr || record->state != state)
                return fail(fmt::format("generation {} of {} is not whole: {} is {}, not {}", generation,
                                        to_text(store.owner()), to_text(wanted),
                                        record == nullptr ? "missing" : name(record->state), name(state)));
        }
    return std::vector<Byte>(found.begin(), found.end());
}

Result<void> set_generation(KeyStore& store, Byte generation, KeyState state) {
    for (const auto& one : generation_names(generation))
        TONGKA_CHECK(store.set_state(one, state));
    return {};
}

Result<void> make_generation(KeyStore& store, Byte generation, Random& random, const Clock& clock) {
    const auto* like = find_record(store, generation_names(static_cast<Byte>(generation - 1)).front());
    const auto algorithm = like->algorithm;
    for (const auto& name : generation_names(generation)) {
        const KeyRecord record{
            .name = name, .algorithm = algorithm, .state = KeyState::prepared, .check_value = {}, .made = today(clock)};
        TONGKA_CHECK(store.add(record, generate_key(random, algorithm)));
    }
    return {};
}

} // namespace

Result<Generations> generations(const KeyStore& store) {
    Generations found;
    TONGKA_TRY(const auto current, in_state(store, KeyState::current));
    TONGKA_TRY(const auto retiring, in_state(store, KeyState::retiring));
    TONGKA_TRY(found.prepared, in_state(store, KeyState::prepared));
    if (current.size() != 1 || retiring.size() > 1)
        return fail(fmt::format("the keys of {} have {} current and {} retiring generations", to_text(store.owner()),
                                current.size(), retiring.size()));
    found.current = current.front();
    if (!retiring.empty())
        found.retiring = retiring.front();
    return found;
}

Result<void> rotate(KeyStore& store, Random& random, const Clock& clock) {
    TONGKA_TRY(const auto now, generations(store));
    if (now.retiring)
        return fail(fmt::format("generation {} of {} is still retiring: retire it first, when no card needs it",
                                *now.retiring, to_text(store.owner())));
    if (now.current >= 0xFE)
        return fail("there is no generation after 254");
    const auto following = static_cast<Byte>(now.current + 1);
    // A city that slept through a generation finds only later ones.
    const auto later = std::ranges::find_if(now.prepared, [&](Byte generation) { return generation >= following; });
    if (later == now.prepared.end())
        return fail(fmt::format("generation {} is not prepared at {}: import {} from the centre first", following,
                                to_text(store.owner()), list(generation_names(following))));
    const Byte next = *later;
    return store.together([&]() -> Result<void> {
        TONGKA_CHECK(set_generation(store, now.current, KeyState::retiring));
        TONGKA_CHECK(set_generation(store, next, KeyState::current));
        // One from outside may be prepared already (add_from_outside).
        if (store.owner().city || std::ranges::find(now.prepared, static_cast<Byte>(next + 1)) != now.prepared.end())
            return {};
        return make_generation(store, static_cast<Byte>(next + 1), random, clock);
    });
}

Result<void> retire(KeyStore& store) {
    TONGKA_TRY(const auto now, generations(store));
    if (!now.retiring)
        return fail(fmt::format("the keys of {} have no retiring generation", to_text(store.owner())));
    return store.together([&] { return set_generation(store, *now.retiring, KeyState::destroyed); });
}

} // namespace tongka::core
