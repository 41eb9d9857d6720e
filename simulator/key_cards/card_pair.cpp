#include "simulator/key_cards/card_pair.hpp"

#include "core/keys/generate.hpp"

namespace tongka::simulator {

core::Result<CardPair> new_card_pair(const std::array<core::Byte, 2>& city, core::Algorithm algorithm,
                                     core::Random& random) {
    if (algorithm == core::Algorithm::des)
        return core::fail("the keys of a mother card are 3des or sm4, not des");
    std::array<core::Byte, 8> number;
    random.fill(number);
    auto authentication = core::generate_key(random, algorithm);
    auto transport = core::generate_key(random, algorithm);
    return CardPair{city, number, std::move(authentication), std::move(transport)};
}

} // namespace tongka::simulator
