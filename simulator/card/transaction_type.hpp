#pragma once

#include "core/bytes.hpp"

/// Transaction type identifiers, TTI (standards.md 5.2).
namespace tongka::simulator::transaction_type {

inline constexpr core::Byte ep_load = 0x02;
inline constexpr core::Byte ep_purchase = 0x06;

} // namespace tongka::simulator::transaction_type
