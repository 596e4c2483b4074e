/* Tests in C, one function each, for c_test.cpp to run. */
#ifndef C_SCENARIOS_H
#define C_SCENARIOS_H

#ifdef __cplusplus
extern "C" {
#endif

void answers_each_kind_of_value(void);
void answers_failures_and_writes(void);
void answers_by_a_function(void);
void answers_several_times(void);
void serves_the_queue_whose_arguments_match(void);
void matches_by_relation(void);
void matches_text_and_bytes(void);
void asserts_in_any_order(void);
void asserts_how_a_real_call_ended(void);
void leaves_a_block_in_every_way(void);
void lets_allowed_calls_through(void);
void scripts_a_session(void);
void leaves_a_block_by_a_jump(void);

/* Wrong uses: each is one violation. */
void returns_text_for_a_number(void);
void returns_a_number_that_does_not_fit(void);
void returns_what_nothing_returns(void);
void returns_a_matcher(void);
void compares_a_number_with_text(void);
void compares_an_address_with_text(void);
void compares_a_matcher(void);
void names_too_few_arguments(void);
void names_too_many_arguments(void);
void writes_through_a_number(void);
void names_what_nobody_calls(void);
void mocks_twice(void);
void asks_for_a_mock_that_is_not_there(void);
void says_times_without_an_answer(void);
void says_something_of_a_secret(void);
void expects_what_a_machine_does_not_have(void);
void allows_what_nobody_knows(void);
void asserts_too_little(void);
void asserts_nothing(void);
void asserts_no_ending(void);
void asserts_inside_of_a_sandbox(void);

/* Leftovers. */
void leaves_a_mock_with_conditions(void);
void leaves_a_session(void);
void calls_beyond_a_session(void);
void calls_what_is_mocked_for_other_arguments(void);

#ifdef __cplusplus
}
#endif
#endif
