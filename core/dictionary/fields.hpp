#pragma once

#include "core/dictionary/field.hpp"

/// The fields that several tables share, under the names the standards use.
namespace tongka::core::dictionary::fields {

constexpr Field amount{{"交易金额", "amount"}, 4, Kind::amount};
constexpr Field balance{{"余额", "balance"}, 4, Kind::amount};
constexpr Field old_balance{{"旧余额", "old balance"}, 4, Kind::amount};
constexpr Field overdraft{{"透支限额", "overdraft limit"}, 3, Kind::amount};
constexpr Field terminal{{"终端机编号", "terminal number"}, 6, Kind::terminal};
constexpr Field terminal_serial{{"终端交易序号", "terminal transaction number"}, 4, Kind::number};
constexpr Field online_counter{{"联机交易序号", "online transaction number"}, 2, Kind::number};
constexpr Field offline_counter{{"脱机交易序号", "offline transaction number"}, 2, Kind::number};
constexpr Field date{{"交易日期", "transaction date"}, 4, Kind::date};
constexpr Field time{{"交易时间", "transaction time"}, 3, Kind::time};
constexpr Field transaction_type{{"交易类型标识", "transaction type"}, 1, Kind::transaction_type};
constexpr Field key_index{{"密钥索引号", "key index"}, 1, Kind::key_index};
constexpr Field key_version{{"密钥版本号", "key version"}, 1, Kind::key_version};
constexpr Field algorithm{{"算法标识", "algorithm"}, 1, Kind::algorithm};
constexpr Field random{{"伪随机数", "random number"}, 4, Kind::random};
constexpr Field mac{{"MAC", "MAC"}, 4, Kind::mac};
constexpr Field mac1{{"MAC1", "MAC1"}, 4, Kind::mac};
constexpr Field mac2{{"MAC2", "MAC2"}, 4, Kind::mac};
constexpr Field mac3{{"MAC3", "MAC3"}, 4, Kind::mac};
constexpr Field tac{{"TAC", "TAC"}, 4, Kind::tac};
constexpr Field serial{{"应用序列号", "application serial number"}, 8, Kind::serial};
constexpr Field security_code{{"安全认证识别码", "security authentication code"}, 9, Kind::data};
constexpr Field content{{"文件内容", "file content"}, 0, Kind::file_content};
constexpr Field cryptogram{{"密文", "cryptogram"}, 0, Kind::cryptogram};
constexpr Field data{{"数据", "data"}, 0, Kind::data};

// P1 and P2.
constexpr Field purse{{"应用", "purse"}, 1, Kind::purse};
constexpr Field key_id{{"密钥标识", "key identifier"}, 1, Kind::key_index};
constexpr Field binary_reference{{"文件与偏移", "file and offset"}, 2, Kind::binary_reference};
constexpr Field record_reference{{"文件与记录", "file and record"}, 2, Kind::record_reference};

} // namespace tongka::core::dictionary::fields
