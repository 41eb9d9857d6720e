#pragma once

#include <string_view>

namespace tongka::core {

/// Kinds of keys that a card has (standards.md 6): purchase, load, TAC, unload, overdraft limit, application master,
/// application maintenance, card master, card maintenance, PIN unblock, PIN reload, external authentication, internal
/// authentication. Their types in a key file (FMCOS; standards.md 3.5 and 6): DPK 3E, DLK 3F, DTK 34, DULK 3D, DUK 3C,
/// DACK 39 with id 00 of the application's directory, DAMK and DCMK 36, DCCK 39, DPUK 37, DRPK 38, UK 39, IK 30. The
/// names UK and IK are those of a toll card's list of keys, DACK is ours for 应用主控密钥.
inline constexpr std::string_view key_kinds[] = {"DPK",  "DLK",  "DTK",  "DULK", "DUK", "DACK", "DAMK",
                                                 "DCCK", "DCMK", "DPUK", "DRPK", "UK",  "IK"};

/// What a PSAM or ISAM has besides (standards.md 4.3, 6): its own master control and maintenance key (主控密钥,
/// 维护密钥), keys for MACs, for encryption and for both, and what Mifare keys are made from. The names are ours.
inline constexpr std::string_view sam_key_kinds[] = {"SCK", "SMK", "MACK", "ENCK", "MEK", "M1K"};

} // namespace tongka::core
