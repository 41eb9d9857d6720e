#include "harness/language/arithmetic.hpp"

namespace tongka::harness {
namespace {

using core::Byte;
using core::Bytes;
using core::BytesView;

/// The byte of weight 256^place.
int digit(BytesView number, std::size_t place) {
    return place < number.size() ? number[number.size() - 1 - place] : 0;
}

/// a + sign × b, from the last byte to the first.
std::optional<Bytes> combine(BytesView a, BytesView b, int sign) {
    Bytes result(a.size());
    int carry = 0;
    for (std::size_t place = 0; place < a.size(); ++place) {
        const int sum = digit(a, place) + sign * digit(b, place) + carry;
        result[a.size() - 1 - place] = static_cast<Byte>(sum & 0xFF);
        carry = sum >> 8;
    }
    for (std::size_t place = a.size(); place < b.size(); ++place)
        if (digit(b, place) != 0)
            return std::nullopt;
    if (carry != 0)
        return std::nullopt;
    return result;
}

} // namespace

std::optional<Bytes> add(BytesView a, BytesView b) {
    return combine(a, b, 1);
}

std::optional<Bytes> subtract(BytesView a, BytesView b) {
    return combine(a, b, -1);
}

} // namespace tongka::harness
