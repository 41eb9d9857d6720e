#pragma once

#include "core/bytes.hpp"

/// Transaction type identifiers, TTI (standards.md 5.2; clauses.md E for 0A).
namespace tongka::simulator::transaction_type {

inline constexpr core::Byte ed_load = 0x01;
inline constexpr core::Byte ep_load = 0x02;
inline constexpr core::Byte unload = 0x03;
inline constexpr core::Byte cash_withdrawal = 0x04;
inline constexpr core::Byte ed_purchase = 0x05;
inline constexpr core::Byte ep_purchase = 0x06;
inline constexpr core::Byte overdraft_limit = 0x07;
inline constexpr core::Byte ep_composite = 0x09;
inline constexpr core::Byte ed_composite = 0x0A;
inline constexpr core::Byte ed_grey_lock = 0x91;
inline constexpr core::Byte ep_grey_lock = 0x92;
inline constexpr core::Byte ed_unlock = 0x93;
inline constexpr core::Byte ep_unlock = 0x94;
inline constexpr core::Byte ed_online_unlock = 0x95;
inline constexpr core::Byte ep_online_unlock = 0x96;

} // namespace tongka::simulator::transaction_type
