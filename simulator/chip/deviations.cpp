#include "simulator/chip/deviations.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::simulator {
namespace {

using enum Deviation;

// clang-format off
constexpr DeviationInfo table[] = {
    {access_rights_ignored, "access-rights-ignored", "card", {"不检查文件和钱包的访问权限", "Access rights of files and purses are not asked for"}},
    {application_block_without_effect, "application-block-without-effect", "card", {"应用锁定应答正确但未锁定", "APPLICATION BLOCK succeeds and blocks nothing"}},
    {authentication_sets_no_state, "authentication-sets-no-state", "card", {"外部认证成功但不改变安全状态", "EXTERNAL AUTHENTICATION succeeds and gives no right"}},
    {authentication_tries_not_reset, "authentication-tries-not-reset", "card", {"外部认证正确不恢复重试次数", "A right cryptogram leaves the tries that were spent"}},
    {authentication_try_not_counted, "authentication-try-not-counted", "card", {"外部认证密文错误不减少重试次数", "A wrong cryptogram costs no try"}},
    {authentication_unchecked, "authentication-unchecked", "card", {"外部认证不校验密文", "EXTERNAL AUTHENTICATION takes any cryptogram"}},
    {balance_limit_ignored, "balance-limit-ignored", "card", {"圈存可超过余额上限", "A load may take the balance over its limit"}},
    {balance_not_debited, "balance-not-debited", "card", {"消费成功但余额不减", "A purchase succeeds and leaves the balance as it was"}},
    {balance_of_other_purse, "balance-of-other-purse", "card", {"查询存折余额返回钱包余额", "GET BALANCE of the ED tells the balance of the EP"}},
    {binary_offset_ignored, "binary-offset-ignored", "card", {"读二进制文件忽略偏移量", "READ BINARY reads from the start whatever the offset"}},
    {binary_short_id_not_selected, "binary-short-id-not-selected", "card", {"按短标识读后文件未成为当前文件", "READ BINARY by short identifier leaves the current file as it was"}},
    {blocked_application_selected, "blocked-application-selected", "card", {"选择已锁定的应用时返回9000", "SELECT of a blocked application answers 9000"}},
    {blocked_application_works, "blocked-application-works", "card", {"已锁定的应用仍执行命令", "Commands go on working in a blocked application"}},
    {challenge_cut, "challenge-cut", "card", {"安全报文只用8字节随机数的前4字节", "Secure messaging takes four bytes of a challenge of eight"}},
    {challenge_lives_on, "challenge-lives-on", "card", {"随机数在其他命令后仍有效", "A challenge outlives other commands"}},
    {challenge_repeated, "challenge-repeated", "card", {"随机数总是相同", "Every random number is the same"}},
    {composite_cache_survives, "composite-cache-survives", "card", {"前一次复合消费暂存的记录留到下一次", "What was staged for a composite purchase that was not done is written by the next"}},
    {composite_length_unchecked, "composite-length-unchecked", "card", {"暂存复合记录不检查长度", "A composite record of any length is staged"}},
    {composite_logged_as_purchase, "composite-logged-as-purchase", "card", {"复合消费记为普通消费", "The log takes a composite purchase for a simple one"}},
    {composite_only_last_written, "composite-only-last-written", "card", {"只写入最后暂存的复合记录", "Only the last of the staged composite records is written"}},
    {composite_record_lost, "composite-record-lost", "card", {"复合消费不写入复合记录", "A composite purchase leaves the staged record unwritten"}},
    {composite_stages_when_idle, "composite-stages-when-idle", "card", {"没有复合消费初始化也接受80DC", "80DC is taken outside of a composite purchase"}},
    {composite_tac_of_purchase, "composite-tac-of-purchase", "card", {"复合消费的TAC按普通消费计算", "The TAC of a composite purchase covers 06"}},
    {composite_tag_unchecked, "composite-tag-unchecked", "card", {"复合记录的标识与P1不符仍接受", "A composite record may begin with another tag than P1"}},
    {composite_update_at_once, "composite-update-at-once", "card", {"复合记录在扣款前已写入", "A composite record is written before the debit"}},
    {counter_wraps, "counter-wraps", "card", {"交易序号到最大值后归零", "A counter at its maximum wraps to zero"}},
    {debit_beyond_balance, "debit-beyond-balance", "card", {"余额不足仍允许消费", "A purchase beyond the balance is accepted"}},
    {failed_purchase_counts, "failed-purchase-counts", "card", {"消费失败仍增加脱机交易序号", "A purchase with a wrong MAC1 counts"}},
    {failed_select_leaves_application, "failed-select-leaves-application", "card", {"选择失败后退出应用", "A failed SELECT leads back to the MF"}},
    {fci_without_public_data, "fci-without-public-data", "card", {"FCI没有公共应用基本信息", "The FCI leaves tag 9F0C out"}},
    {gmac_unchecked, "gmac-unchecked", "card", {"解扣不校验GMAC", "DEBIT FOR UNLOCK goes through whatever its GMAC"}},
    {init_survives_other_command, "init-survives-other-command", "card", {"初始化后插入其他命令交易仍有效", "A transaction outlives another command after its INITIALIZE"}},
    {internal_authentication_enciphers, "internal-authentication-enciphers", "card", {"内部认证解密时执行加密", "INTERNAL AUTHENTICATION enciphers where it is to decipher"}},
    {key_index_ignored, "key-index-ignored", "card", {"密钥索引不存在时改用第一个密钥", "An unknown key index falls back to the first key"}},
    {load_counts_offline, "load-counts-offline", "card", {"圈存增加脱机交易序号", "A load counts the offline counter"}},
    {load_logged_elsewhere, "load-logged-elsewhere", "card", {"圈存不记入001A", "A load is logged in 0018 although 001A is there"}},
    {load_mac1_without_balance, "load-mac1-without-balance", "card", {"圈存的MAC1未包含余额", "MAC1 of a load leaves the balance out"}},
    {load_mac2_unchecked, "load-mac2-unchecked", "card", {"圈存不校验MAC2", "A load goes through whatever its MAC2"}},
    {load_reaches_no_limit, "load-reaches-no-limit", "card", {"余额不能达到上限", "A load that fills the purse to its limit is refused"}},
    {load_tac_over_old_balance, "load-tac-over-old-balance", "card", {"圈存的TAC按原余额计算", "The TAC of a load covers the old balance"}},
    {load_without_pin, "load-without-pin", "card", {"未验证口令即可圈存", "A load that asks for VERIFY works without it"}},
    {load_works_twice, "load-works-twice", "card", {"同一圈存命令可重复执行", "The same CREDIT FOR LOAD works twice"}},
    {lock_mac1_unchecked, "lock-mac1-unchecked", "card", {"灰锁不校验MAC1", "GREY LOCK goes through whatever its MAC1"}},
    {lock_mac2_without_counter, "lock-mac2-without-counter", "card", {"灰锁的MAC2未包含交易序号", "MAC2 of a grey lock leaves the counter out"}},
    {lock_not_kept, "lock-not-kept", "card", {"灰锁应答正确但未锁定", "GREY LOCK succeeds and locks nothing"}},
    {lock_proof_always_clears, "lock-proof-always-clears", "card", {"只读取灰锁证明也清除TACUF", "GET LOCK PROOF clears TACUF when it only reads"}},
    {lock_session_one_step, "lock-session-one-step", "card", {"灰锁过程密钥少一步", "The session key of a grey lock lacks its second step"}},
    {locked_purse_pays, "locked-purse-pays", "card", {"灰锁状态下仍可交易", "A purse under grey lock goes on paying and loading"}},
    {log_counter_wrong, "log-counter-wrong", "card", {"交易明细记录另一个计数器", "The log takes the counter of the other kind of transaction"}},
    {log_keeps_nine, "log-keeps-nine", "card", {"交易明细只保留九条", "The log keeps nine records instead of ten"}},
    {log_oldest_first, "log-oldest-first", "card", {"循环文件的记录01是最旧一条", "Record 01 of a cyclic file is the oldest"}},
    {mac1_half_compared, "mac1-half-compared", "card", {"只比较MAC1的前2字节", "Two bytes of MAC1 are compared"}},
    {master_file_open, "master-file-open", "card", {"主文件下建文件和写密钥不检查权限", "Files and keys are made in the MF without a right"}},
    {message_mac_from_zero, "message-mac-from-zero", "card", {"安全报文接受从0开始的MAC", "Secure messaging takes a MAC that starts from 0"}},
    {message_mac_half_compared, "message-mac-half-compared", "card", {"只比较安全报文MAC的前2字节", "Two bytes of a MAC of secure messaging are compared"}},
    {message_mac_unchecked, "message-mac-unchecked", "card", {"安全报文不校验MAC", "Secure messaging takes any MAC"}},
    {message_mac_without_header, "message-mac-without-header", "card", {"安全报文接受未覆盖命令头的MAC", "Secure messaging takes a MAC that leaves the header out"}},
    {message_tries_not_reset, "message-tries-not-reset", "card", {"安全报文MAC正确不恢复重试次数", "A right MAC of secure messaging leaves the tries that were spent"}},
    {offline_counter_stuck, "offline-counter-stuck", "card", {"脱机交易序号不增加", "A purchase does not count the offline counter"}},
    {online_counter_stuck, "online-counter-stuck", "card", {"联机交易序号不增加", "A load does not count the online counter"}},
    {online_unlock_mac2_unchecked, "online-unlock-mac2-unchecked", "card", {"联机解扣不校验MAC2", "GREY UNLOCK goes through whatever its MAC2"}},
    {online_unlock_not_counted, "online-unlock-not-counted", "card", {"联机解扣不增加联机交易序号", "GREY UNLOCK does not count the online counter"}},
    {overdraft_below_zero, "overdraft-below-zero", "card", {"透支限额可低于已透支的金额", "An overdraft limit may go below what was drawn"}},
    {overdraft_limit_apart, "overdraft-limit-apart", "card", {"修改透支限额不改变余额", "UPDATE OVERDRAW LIMIT leaves the balance as it was"}},
    {overdraft_mac2_unchecked, "overdraft-mac2-unchecked", "card", {"修改透支限额不校验MAC2", "UPDATE OVERDRAW LIMIT goes through whatever its MAC2"}},
    {partial_name_unknown, "partial-name-unknown", "card", {"不能按部分名称选择", "SELECT by the beginning of a name finds nothing"}},
    {pin_change_unchecked, "pin-change-unchecked", "card", {"修改口令不核对原口令", "CHANGE PIN takes any old PIN"}},
    {pin_half_compared, "pin-half-compared", "card", {"只比较口令的前2字节", "Two bytes of a PIN are compared"}},
    {pin_reload_keeps_tries, "pin-reload-keeps-tries", "card", {"重装口令不恢复重试次数", "RELOAD PIN leaves the tries as they were"}},
    {pin_reload_mac_unchecked, "pin-reload-mac-unchecked", "card", {"重装口令不校验MAC", "RELOAD PIN goes through whatever its MAC"}},
    {pin_tries_not_counted, "pin-tries-not-counted", "card", {"口令错误不减少重试次数", "A wrong PIN costs no try"}},
    {pin_tries_not_reset, "pin-tries-not-reset", "card", {"口令正确不恢复重试次数", "A right PIN leaves the tries that were spent"}},
    {pin_unblock_keeps_tries, "pin-unblock-keeps-tries", "card", {"口令解锁不恢复重试次数", "PIN UNBLOCK leaves the tries as they were"}},
    {plain_write_accepted, "plain-write-accepted", "card", {"需要安全报文的文件可明文写入", "A file under secure messaging takes plain commands"}},
    {proof_tac_first, "proof-tac-first", "card", {"取交易认证先返回TAC", "GET TRANSACTION PROVE answers TAC before MAC"}},
    {protected_answer_without_mac, "protected-answer-without-mac", "card", {"安全报文读文件不返回MAC", "A read under secure messaging answers without a MAC"}},
    {prove_ignores_counter, "prove-ignores-counter", "card", {"取交易认证不核对交易序号", "GET TRANSACTION PROVE answers for any counter"}},
    {prove_ignores_type, "prove-ignores-type", "card", {"取交易认证不核对交易类型", "GET TRANSACTION PROVE answers for any type"}},
    {purchase_mac1_unchecked, "purchase-mac1-unchecked", "card", {"消费不校验MAC1", "A purchase goes through whatever its MAC1"}},
    {purchase_mac1_without_date, "purchase-mac1-without-date", "card", {"MAC1未包含日期时间", "MAC1 leaves date and time out"}},
    {purchase_mac2_over_balance, "purchase-mac2-over-balance", "card", {"MAC2按余额而不是交易金额计算", "MAC2 is made over the balance instead of the amount"}},
    {purchase_of_nothing_refused, "purchase-of-nothing-refused", "card", {"拒绝零金额消费", "A purchase of 0 is refused"}},
    {purchase_of_whole_balance_refused, "purchase-of-whole-balance-refused", "card", {"余额不能用尽", "A purchase of the whole balance is refused"}},
    {purchase_signed_amount, "purchase-signed-amount", "card", {"交易金额按有符号数比较", "Amounts are compared as signed numbers"}},
    {read_beyond_end_cut, "read-beyond-end-cut", "card", {"读长度超出文件时只返回已有的数据", "READ BINARY beyond the end gives what there is"}},
    {record_missing_newest, "record-missing-newest", "card", {"记录不存在时返回记录01", "READ RECORD of a missing record gives record 01"}},
    {record_next_stays, "record-next-stays", "card", {"读下一条记录停在当前记录", "READ RECORD of the next record gives the current one again"}},
    {record_padded, "record-padded", "card", {"过短的记录用零补齐", "A record that is too short is filled up with zeros"}},
    {record_pointer_survives_select, "record-pointer-survives-select", "card", {"重新选择文件后记录指针不复位", "The current record outlives SELECT of its file"}},
    {security_state_survives_select, "security-state-survives-select", "card", {"选择目录后安全状态不复位", "The security state outlives SELECT of a directory"}},
    {select_next_finds_first, "select-next-finds-first", "card", {"选择下一个应用总是得到第一个", "SELECT of the next occurrence finds the first again"}},
    {session_counter_reversed, "session-counter-reversed", "card", {"过程密钥中交易序号字节颠倒", "The session key takes the counter with its bytes reversed"}},
    {session_terminal_serial_left, "session-terminal-serial-left", "card", {"过程密钥取终端交易序号的前2字节", "The session key takes the left two bytes of the terminal serial"}},
    {session_without_counter, "session-without-counter", "card", {"过程密钥未包含交易序号", "The session key leaves the counter out"}},
    {tac_key_not_folded, "tac-key-not-folded", "card", {"TAC密钥未左右异或", "The TAC is made with DTK itself"}},
    {tac_without_date, "tac-without-date", "card", {"TAC未包含日期时间", "The TAC leaves date and time out"}},
    {tac_without_terminal, "tac-without-terminal", "card", {"TAC未包含终端机编号", "The TAC leaves the terminal number out"}},
    {tacuf_not_set, "tacuf-not-set", "card", {"解扣不置TACUF", "DEBIT FOR UNLOCK does not set TACUF"}},
    {transaction_survives_reset, "transaction-survives-reset", "card", {"复位后交易仍有效", "A transaction outlives a reset"}},
    {unblock_mac_unchecked, "unblock-mac-unchecked", "card", {"应用解锁不校验MAC", "APPLICATION UNBLOCK goes through whatever its MAC"}},
    {unblock_without_effect, "unblock-without-effect", "card", {"应用解锁应答正确但未解锁", "APPLICATION UNBLOCK succeeds and the application stays blocked"}},
    {unload_beyond_balance, "unload-beyond-balance", "card", {"余额不足仍允许圈提", "An unload beyond the balance is accepted"}},
    {unload_mac2_unchecked, "unload-mac2-unchecked", "card", {"圈提不校验MAC2", "DEBIT FOR UNLOAD goes through whatever its MAC2"}},
    {unload_mac3_with_tac_key, "unload-mac3-with-tac-key", "card", {"MAC3用TAC密钥计算", "MAC3 of an unload is made with the TAC key"}},
    {unlock_beyond_balance, "unlock-beyond-balance", "card", {"余额不足仍允许解扣", "DEBIT FOR UNLOCK beyond the balance is accepted"}},
    {unlock_errors_kept, "unlock-errors-kept", "card", {"GMAC正确不清除解扣出错计数", "A right GMAC leaves the counter of wrong ones"}},
    {unlock_errors_never_block, "unlock-errors-never-block", "card", {"连续三次GMAC错误不锁定应用", "Three wrong GMACs in a row block nothing"}},
    {unlock_ignores_counter, "unlock-ignores-counter", "card", {"解扣不核对交易序号", "DEBIT FOR UNLOCK takes any counter"}},
    {unlock_leaves_lock, "unlock-leaves-lock", "card", {"解扣后仍为灰锁状态", "The purse stays locked behind DEBIT FOR UNLOCK"}},
    {unlock_not_counted, "unlock-not-counted", "card", {"解扣不增加脱机交易序号", "DEBIT FOR UNLOCK does not count the offline counter"}},
    {unlock_not_debited, "unlock-not-debited", "card", {"解扣成功但余额不减", "DEBIT FOR UNLOCK leaves the balance as it was"}},
    {unlock_not_logged, "unlock-not-logged", "card", {"解扣不记明细", "DEBIT FOR UNLOCK is not logged"}},
    {unlock_refusal_counts, "unlock-refusal-counts", "card", {"序号或余额不符也计入解扣出错", "A wrong counter or too large an amount counts as a wrong GMAC"}},
    {unlock_tac_of_lock_terminal, "unlock-tac-of-lock-terminal", "card", {"解扣的TAC取灰锁时的终端机编号", "The TAC of an unlock takes the terminal that locked"}},
    {wrong_pin_opens, "wrong-pin-opens", "card", {"口令错误也给予权限", "A wrong PIN gives the rights of the right one"}},
    {isam_counter_stuck, "isam-counter-stuck", "isam", {"圈存SAM的交易序号不增加", "The load counter never moves"}},
    {isam_limit_not_counted, "isam-limit-not-counted", "isam", {"圈存不扣减授权额度", "A load leaves the amount of the log-in as it was"}},
    {isam_log_in_not_needed, "isam-log-in-not-needed", "isam", {"未签到即可圈存", "Loads are made without a log-in"}},
    {isam_log_in_unchecked, "isam-log-in-unchecked", "isam", {"签到不校验密文", "A log-in takes any cryptogram"}},
    {isam_time_limit_ignored, "isam-time-limit-ignored", "isam", {"超过授权时间仍可圈存", "Loads are made after the time of the log-in"}},
    {psam_authentication_lasts, "psam-authentication-lasts", "psam", {"一次80CA认证可用于多次消费", "One 80CA serves many purchases"}},
    {psam_authentication_skipped, "psam-authentication-skipped", "psam", {"未经80CA认证即可消费初始化", "8070 works without 80CA before it"}},
    {psam_counter_stuck, "psam-counter-stuck", "psam", {"终端交易序号不增加", "The terminal counter never moves"}},
    {psam_errors_never_block, "psam-errors-never-block", "psam", {"MAC2连续错误不锁定密钥", "Wrong MAC2s never block the key"}},
    {psam_errors_not_counted, "psam-errors-not-counted", "psam", {"MAC2错误不计数", "A wrong MAC2 is not counted"}},
    {psam_errors_not_reset, "psam-errors-not-reset", "psam", {"MAC2正确不清除错误计数", "A right MAC2 leaves the count of wrong ones"}},
    {psam_gmac_before_mac2, "psam-gmac-before-mac2", "psam", {"未校验灰锁MAC2即给出GMAC", "GET GMAC works before MAC2 of the lock was checked"}},
    {psam_gmac_of_any_amount, "psam-gmac-of-any-amount", "psam", {"同一灰锁可得到多个金额的GMAC", "One lock gets GMACs for several amounts"}},
    {psam_gmac_of_any_card, "psam-gmac-of-any-card", "psam", {"GMAC不核对卡号和交易序号", "GET GMAC takes any card and counter"}},
    {psam_level_skipped, "psam-level-skipped", "psam", {"少做一级密钥分散", "One level of diversification is left out"}},
    {psam_mac1_without_terminal, "psam-mac1-without-terminal", "psam", {"MAC1不含终端机编号", "MAC1 leaves the terminal number out"}},
    {psam_mac2_again, "psam-mac2-again", "psam", {"同一笔消费可多次校验MAC2", "MAC2 of one purchase may be tried again"}},
    {psam_mac2_half_compared, "psam-mac2-half-compared", "psam", {"MAC2只比较前两字节", "Of MAC2 two bytes are compared"}},
    {psam_mac2_unchecked, "psam-mac2-unchecked", "psam", {"不校验MAC2", "Any MAC2 is accepted"}},
    {psam_mifare_code_unchecked, "psam-mifare-code-unchecked", "psam", {"计算M1密钥不校验认证码", "CALCULATE KEY takes any authentication code"}},
    {psam_mifare_one_key, "psam-mifare-one-key", "psam", {"各扇区的M1密钥相同", "Every sector gets the same Mifare key"}},
    {psam_unblock_keeps_errors, "psam-unblock-keeps-errors", "psam", {"应用解锁不清除MAC2错误计数", "APPLICATION UNBLOCK leaves the count of wrong MAC2s"}},
    {psam_version_ignored, "psam-version-ignored", "psam", {"不核对密钥版本", "An unknown key version falls back to the first key"}},
    {sam_decryption_enciphers, "sam-decryption-enciphers", "psam", {"DES CRYPT的解密做成加密", "DES CRYPT enciphers where it should decipher"}},
    {sam_factor_skipped, "sam-factor-skipped", "psam", {"INIT_FOR_DESCRYPT少做一级分散", "INIT_FOR_DESCRYPT leaves one level out"}},
    {sam_initial_value_ignored, "sam-initial-value-ignored", "psam", {"DES CRYPT的MAC不用初始值", "The MAC of DES CRYPT starts from zero"}},
    {sam_key_kept, "sam-key-kept", "psam", {"临时密钥用后仍保留", "The temporary key outlives its use"}},
    {sam_key_not_folded, "sam-key-not-folded", "psam", {"口令重装密钥不做左右异或", "The PIN reload key is used without XOR of its halves"}},
    {sam_levels_ignored, "sam-levels-ignored", "psam", {"INIT_FOR_DESCRYPT不核对分散级数", "INIT_FOR_DESCRYPT takes any number of levels"}},
    {sam_plain_key_accepted, "sam-plain-key-accepted", "psam", {"主控密钥写入后仍接受明文密钥", "A key in clear is written after the master control key stands"}},
    {sam_purpose_ignored, "sam-purpose-ignored", "psam", {"DES CRYPT不核对密钥用途", "DES CRYPT uses a key for what it is not for"}},
};
// clang-format on
static_assert(std::size(table) == static_cast<std::size_t>(count_));

} // namespace

std::span<const DeviationInfo> deviation_table() {
    return table;
}

core::Result<Deviation> deviation_named(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& info : table) {
        if (info.name == name)
            return info.deviation;
        names.push_back(info.name);
    }
    return core::fail(fmt::format("there is no deviation '{}'{}", name, core::suggest(name, names)));
}

} // namespace tongka::simulator
