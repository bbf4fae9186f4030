//! The life of a suggested schema, up to the decision.

use crate::{
	types::BalanceOf, ClassNames, Classes, Config, Endorsements, Error, Event, HoldReason,
	NextClassId, NextSuggestionId, Pallet, Schemas, Suggestions, Tallies,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{BalancedHold, MutateHold},
		tokens::Precision,
		Get, OnUnbalanced,
	},
};
use rome_primitives::content::{
	is_name, Category, ClassConfig, ClassStatus, SchemaDraft, SchemaError, Suggestion,
	SuggestionId, SuggestionStatus, SuggestionTally, SuggestionTarget,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError, SaturatedConversion,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_suggest_schema(
		proposer: T::AccountId,
		target: SuggestionTarget<T::AccountId>,
		schema: SchemaDraft,
	) -> DispatchResult {
		let (category, class, before) = match &target {
			SuggestionTarget::Existing { class, base } => {
				let record = Classes::<T>::get(class).ok_or(Error::<T>::ClassNotFound)?;
				ensure!(record.status != ClassStatus::Retired, Error::<T>::ClassRetired);
				ensure!(record.latest_version == *base, Error::<T>::SuggestionOutdated);
				(record.config.category, Some(*class), Schemas::<T>::get(class, base))
			},
			SuggestionTarget::New { name, config } => {
				ensure!(is_name(name), Error::<T>::BadClassName);
				ensure!(!ClassNames::<T>::contains_key(name), Error::<T>::ClassNameTaken);
				Self::check_config(config)?;
				(config.category, None, None)
			},
		};
		schema.check(class, before.as_ref()).map_err(Error::<T>::from)?;
		// Classes are never removed, so what is checked here still holds at the activation.
		let classes = NextClassId::<T>::get();
		ensure!(
			schema.referenced_classes().all(|class| class < classes),
			Error::<T>::ClassNotFound
		);

		let bytes: BalanceOf<T> =
			target.encoded_size().saturating_add(schema.encoded_size()).saturated_into();
		let deposit = T::SuggestionDepositBase::get()
			.saturating_add(T::SuggestionDepositPerByte::get().saturating_mul(bytes));
		T::Currency::hold(&HoldReason::Suggestion.into(), &proposer, deposit)?;

		let id = NextSuggestionId::<T>::get();
		NextSuggestionId::<T>::put(id.checked_add(1).ok_or(sp_runtime::ArithmeticError::Overflow)?);
		let suggestion = Suggestion {
			proposer: proposer.clone(),
			deposit,
			status: SuggestionStatus::Suggested,
			endorsers: 0,
			endorsed: Zero::zero(),
			target,
			category,
			schema,
		};
		Suggestions::<T>::insert(id, suggestion);
		Self::tally(category, |tally| &mut tally.suggested);
		Self::deposit_event(Event::SchemaSuggested { suggestion: id, proposer, category });
		Ok(())
	}

	pub(crate) fn check_config(config: &ClassConfig<T::AccountId>) -> DispatchResult {
		ensure!(core::str::from_utf8(&config.description).is_ok(), Error::<T>::BadDescription);
		Ok(())
	}

	pub(crate) fn do_endorse_schema(
		endorser: T::AccountId,
		id: SuggestionId,
		amount: BalanceOf<T>,
	) -> DispatchResult {
		let mut suggestion = Self::undecided(id)?;
		ensure!(amount >= T::MinEndorsement::get(), Error::<T>::EndorsementTooSmall);
		T::Currency::hold(&HoldReason::Endorsement.into(), &endorser, amount)?;
		Endorsements::<T>::mutate(id, &endorser, |endorsement| {
			if endorsement.is_none() {
				suggestion.endorsers.saturating_inc();
			}
			*endorsement = Some(endorsement.unwrap_or_default().saturating_add(amount));
		});
		suggestion.endorsed.saturating_accrue(amount);
		Suggestions::<T>::insert(id, suggestion);
		Self::deposit_event(Event::SchemaEndorsed { suggestion: id, endorser, amount });
		Ok(())
	}

	pub(crate) fn do_withdraw_endorsement(
		who: T::AccountId,
		id: SuggestionId,
		endorser: T::AccountId,
	) -> DispatchResult {
		let amount =
			Endorsements::<T>::take(id, &endorser).ok_or(Error::<T>::EndorsementNotFound)?;
		if let Some(mut suggestion) = Suggestions::<T>::get(id) {
			let undecided = suggestion.status == SuggestionStatus::Suggested;
			ensure!(!undecided || who == endorser, Error::<T>::NotTheEndorser);
			suggestion.endorsers.saturating_dec();
			suggestion.endorsed.saturating_reduce(amount);
			Suggestions::<T>::insert(id, suggestion);
		}
		T::Currency::release(
			&HoldReason::Endorsement.into(),
			&endorser,
			amount,
			Precision::BestEffort,
		)?;
		Self::deposit_event(Event::EndorsementWithdrawn { suggestion: id, endorser, amount });
		Ok(())
	}

	pub(crate) fn do_withdraw_suggestion(who: T::AccountId, id: SuggestionId) -> DispatchResult {
		let suggestion = Self::undecided(id)?;
		ensure!(suggestion.proposer == who, Error::<T>::NotTheProposer);
		Self::return_deposit(&suggestion)?;
		Suggestions::<T>::remove(id);
		Self::tally(suggestion.category, |tally| &mut tally.withdrawn);
		Self::deposit_event(Event::SuggestionWithdrawn { suggestion: id });
		Ok(())
	}

	pub(crate) fn do_approve_schema(id: SuggestionId) -> DispatchResult {
		let mut suggestion = Self::undecided(id)?;
		Self::return_deposit(&suggestion)?;
		suggestion.deposit = Zero::zero();
		suggestion.status = SuggestionStatus::Approved;
		let category = suggestion.category;
		Suggestions::<T>::insert(id, suggestion);
		Self::tally(category, |tally| &mut tally.approved);
		Self::deposit_event(Event::SchemaApproved { suggestion: id });
		Ok(())
	}

	pub(crate) fn do_reject_schema(id: SuggestionId, spam: bool) -> DispatchResult {
		let suggestion = Suggestions::<T>::take(id).ok_or(Error::<T>::SuggestionNotFound)?;
		let mut slashed = Zero::zero();
		if spam {
			let (credit, missing) = T::Currency::slash(
				&HoldReason::Suggestion.into(),
				&suggestion.proposer,
				suggestion.deposit,
			);
			slashed = suggestion.deposit.saturating_sub(missing);
			T::OnSlash::on_unbalanced(credit);
		} else {
			Self::return_deposit(&suggestion)?;
		}
		Self::tally(suggestion.category, |tally| &mut tally.rejected);
		Self::deposit_event(Event::SchemaRejected { suggestion: id, slashed });
		Ok(())
	}

	fn undecided(
		id: SuggestionId,
	) -> Result<Suggestion<T::AccountId, BalanceOf<T>>, DispatchError> {
		let suggestion = Suggestions::<T>::get(id).ok_or(Error::<T>::SuggestionNotFound)?;
		ensure!(suggestion.status == SuggestionStatus::Suggested, Error::<T>::SuggestionDecided);
		Ok(suggestion)
	}

	fn return_deposit(suggestion: &Suggestion<T::AccountId, BalanceOf<T>>) -> DispatchResult {
		T::Currency::release(
			&HoldReason::Suggestion.into(),
			&suggestion.proposer,
			suggestion.deposit,
			Precision::BestEffort,
		)
		.map(|_| ())
	}

	/// Counts one more of what `count` picks.
	pub(crate) fn tally(category: Category, count: fn(&mut SuggestionTally) -> &mut u32) {
		Tallies::<T>::mutate(category, |tally| count(tally).saturating_inc());
	}
}

impl<T> From<SchemaError> for Error<T> {
	fn from(error: SchemaError) -> Self {
		match error {
			SchemaError::Empty => Self::SchemaEmpty,
			SchemaError::TooLarge => Self::SchemaTooLarge,
			SchemaError::BadName(_) => Self::BadPropertyName,
			SchemaError::DuplicateName(_) => Self::DuplicatePropertyName,
			SchemaError::NotUtf8(_) => Self::BadDescription,
			SchemaError::EmptyRange(_) => Self::EmptyRange,
			SchemaError::BadScale(_) => Self::BadScale,
			SchemaError::BadLimit(_) => Self::BadLimit,
			SchemaError::BadVariants(_) => Self::BadVariants,
			SchemaError::ListNotSearchable(_) => Self::ListNotSearchable,
			SchemaError::TooManyUnique => Self::TooManyUnique,
			SchemaError::TooManyIndexed => Self::TooManyIndexed,
			SchemaError::RequiresItself(_) => Self::RequiresItself,
			SchemaError::BadCarry(_) => Self::BadCarry,
			SchemaError::CarryChanges(_) => Self::CarryChangesProperty,
			SchemaError::BadCast(_) => Self::BadCast,
			SchemaError::BadTable(_) => Self::BadTable,
			SchemaError::BadDefault(_) => Self::BadDefault,
			SchemaError::RuleWithoutBase(_) => Self::RuleWithoutBase,
		}
	}
}
