//! How a provider comes to be.

use crate::{
	types::{Attestation, BalanceOf, Provider, ProviderOf, STAKE},
	Attestations, Config, Error, Event, Members, NextProviderId, Pallet, ProviderByOperator,
	Providers, Tranches,
};
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Get},
};
use rome_primitives::{
	actors::{
		lifecycle::{self, ActorStore, Refusal},
		ActorState, CapacityOracle, Declared, Endpoint, FailureDomain,
	},
	governance::OnProviderActivated,
	signing::{self, OperatorConsent},
	storage::ProviderId,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError, DispatchResult, MultiSignature,
};

/// The list answers until there is a benchmark oracle.
impl<T: Config> CapacityOracle for Pallet<T> {
	fn verified_until(actor: u32, declared: &Declared) -> Option<u32> {
		let attestation = Attestations::<T>::get(actor)?;
		(!declared.exceeds(&attestation.declared)).then_some(attestation.until)
	}
}

impl<T: Config> From<Refusal> for Error<T> {
	fn from(refusal: Refusal) -> Self {
		match refusal {
			Refusal::NotFound => Error::ProviderNotFound,
			Refusal::WrongState => Error::WrongState,
			Refusal::NotVerified => Error::NotVerified,
			Refusal::NotSwept => Error::NotSwept,
			Refusal::NoticeRunning => Error::NoticeRunning,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn provider(id: ProviderId) -> Result<ProviderOf<T>, DispatchError> {
		Ok(Providers::<T>::get(id).ok_or(Error::<T>::ProviderNotFound)?)
	}

	pub(crate) fn owned(
		owner: &T::AccountId,
		id: ProviderId,
	) -> Result<ProviderOf<T>, DispatchError> {
		let provider = Self::provider(id)?;
		ensure!(provider.owner == *owner, Error::<T>::NotTheOwner);
		Ok(provider)
	}

	pub(crate) fn operated(
		operator: &T::AccountId,
		id: ProviderId,
	) -> Result<ProviderOf<T>, DispatchError> {
		let provider = Self::provider(id)?;
		ensure!(provider.operator == *operator, Error::<T>::NotTheOperator);
		Ok(provider)
	}

	fn check_operator(
		owner: &T::AccountId,
		operator: &T::AccountId,
		consent: &MultiSignature,
	) -> DispatchResult {
		ensure!(owner != operator, Error::<T>::OperatorIsOwner);
		ensure!(!ProviderByOperator::<T>::contains_key(operator), Error::<T>::OperatorTaken);
		let message = OperatorConsent { owner: owner.clone(), operator: operator.clone() };
		ensure!(
			signing::verify(&Self::genesis(), &message, consent, operator),
			Error::<T>::BadConsent
		);
		Ok(())
	}

	fn check_endpoint(endpoint: &Endpoint) -> DispatchResult {
		let Endpoint::Http(address) = endpoint;
		let rest = address
			.strip_prefix(b"http://".as_slice())
			.or_else(|| address.strip_prefix(b"https://".as_slice()))
			.ok_or(Error::<T>::BadEndpoint)?;
		let plain = rest.iter().all(|byte| byte.is_ascii_graphic());
		let begins = rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'[');
		// Neither a query nor user names: an address that others append paths to.
		let clean = !rest.iter().any(|byte| b"?#@\\\"<>".contains(byte));
		ensure!(plain && begins && clean && rest.last() != Some(&b'/'), Error::<T>::BadEndpoint);
		Ok(())
	}

	pub(crate) fn do_apply(
		owner: T::AccountId,
		operator: T::AccountId,
		consent: MultiSignature,
		endpoint: Endpoint,
		declared: Declared,
		stake: BalanceOf<T>,
	) -> DispatchResult {
		Self::check_operator(&owner, &operator, &consent)?;
		Self::check_endpoint(&endpoint)?;
		ensure!(stake >= T::MinStake::get() && !stake.is_zero(), Error::<T>::StakeTooSmall);
		let id = NextProviderId::<T>::get();
		NextProviderId::<T>::put(id.checked_add(1).ok_or(Error::<T>::Untakeable)?);
		T::Currency::hold(&STAKE.into(), &owner, stake)?;
		ProviderByOperator::<T>::insert(&operator, id);
		Providers::<T>::insert(
			id,
			Provider {
				owner: owner.clone(),
				operator: operator.clone(),
				endpoint,
				declared,
				wanted: None,
				stake,
				slashing: Zero::zero(),
				state: ActorState::Applied,
				domain: None,
				memberships: Default::default(),
				maintenance_after: 0,
			},
		);
		Self::deposit_event(Event::ProviderApplied { provider: id, owner, operator });
		Ok(())
	}

	pub(crate) fn do_update_provider(
		owner: T::AccountId,
		id: ProviderId,
		endpoint: Option<Endpoint>,
		declared: Option<Declared>,
		operator: Option<(T::AccountId, MultiSignature)>,
		add_stake: BalanceOf<T>,
	) -> DispatchResult {
		let mut provider = Self::owned(&owner, id)?;
		ensure!(
			!matches!(provider.state, ActorState::Left | ActorState::Evicted),
			Error::<T>::WrongState
		);
		if let Some(endpoint) = endpoint {
			Self::check_endpoint(&endpoint)?;
			provider.endpoint = endpoint;
		}
		if let Some((operator, consent)) = operator {
			Self::check_operator(&owner, &operator, &consent)?;
			ProviderByOperator::<T>::remove(&provider.operator);
			ProviderByOperator::<T>::insert(&operator, id);
			provider.operator = operator;
		}
		if let Some(declared) = declared {
			Self::declare(id, &mut provider, declared)?;
		}
		if !add_stake.is_zero() {
			T::Currency::hold(&STAKE.into(), &owner, add_stake)?;
			provider.stake = provider.stake.saturating_add(add_stake);
		}
		Providers::<T>::insert(id, provider);
		Self::deposit_event(Event::ProviderUpdated { provider: id });
		Ok(())
	}

	fn declare(id: ProviderId, provider: &mut ProviderOf<T>, declared: Declared) -> DispatchResult {
		ensure!(Self::reserved_storage(provider, id) <= declared.storage, Error::<T>::BelowUse);
		match provider.state {
			// Nobody relies on it yet.
			ActorState::Applied | ActorState::Verified { .. } => {
				if declared.exceeds(&provider.declared) {
					provider.state = ActorState::Applied;
				}
				provider.declared = declared;
			},
			_ if declared.exceeds(&provider.declared)
				&& T::CapacityOracle::verified_until(id, &declared)
					.is_none_or(|until| until <= Self::now()) =>
			{
				provider.wanted = Some(declared);
			},
			_ => {
				provider.declared = declared;
				provider.wanted = None;
			},
		}
		Ok(())
	}

	/// Bytes that the provider's slots take.
	pub(crate) fn reserved_storage(provider: &ProviderOf<T>, id: ProviderId) -> u64 {
		provider.memberships.iter().fold(0u64, |sum, tranche| {
			let slot = Tranches::<T>::get(tranche).map_or(0, |tranche| tranche.slot_bytes);
			let slots = Self::seat_in(*tranche, id).map_or(0, |seat| seat.slots);
			sum.saturating_add(slot.saturating_mul(slots.into()))
		})
	}

	/// Whether nothing of the provider's remains to be swept or taken over.
	pub(crate) fn is_empty(provider: &ProviderOf<T>, id: ProviderId) -> bool {
		provider.memberships.iter().all(|tranche| {
			Members::<T>::get(tranche, id)
				.is_none_or(|member| member.replicas == 0 && member.reservations == 0)
		})
	}

	pub(crate) fn do_cancel_application(owner: T::AccountId, id: ProviderId) -> DispatchResult {
		let provider = Self::owned(&owner, id)?;
		ensure!(
			matches!(provider.state, ActorState::Applied | ActorState::Verified { .. }),
			Error::<T>::NotAnApplication
		);
		T::Currency::release(&STAKE.into(), &owner, provider.stake, Precision::Exact)?;
		ProviderByOperator::<T>::remove(&provider.operator);
		Providers::<T>::remove(id);
		Attestations::<T>::remove(id);
		Self::deposit_event(Event::ApplicationCancelled { provider: id });
		Ok(())
	}

	pub(crate) fn do_attest(id: ProviderId, declared: Declared, until: u32) -> DispatchResult {
		let mut provider = Self::provider(id)?;
		let wanted = provider.wanted.unwrap_or(provider.declared);
		ensure!(declared == wanted, Error::<T>::DeclaredOtherwise);
		match provider.state {
			ActorState::Left | ActorState::Evicted => {
				return Err(Error::<T>::NothingToVerify.into())
			},
			ActorState::Applied | ActorState::Verified { .. } => {
				provider.state =
					lifecycle::verify(provider.state, until).map_err(Error::<T>::from)?;
			},
			_ if until > Self::now() => {
				provider.declared = declared;
				provider.wanted = None;
			},
			_ => {},
		}
		Attestations::<T>::insert(id, Attestation { until, declared });
		Providers::<T>::insert(id, provider);
		Self::deposit_event(Event::ProviderVerified { provider: id, until });
		Ok(())
	}

	pub(crate) fn do_activate(id: ProviderId, domain: FailureDomain) -> DispatchResult {
		let mut provider = Self::provider(id)?;
		// The list may have an opinion of applications that came after it.
		let verified = T::CapacityOracle::verified_until(id, &provider.declared);
		let swept = provider.memberships.is_empty();
		let state = lifecycle::activate(provider.state, Self::now(), verified, swept)
			.map_err(Error::<T>::from)?;
		ensure!(
			provider.stake.saturating_sub(provider.slashing) >= T::MinStake::get(),
			Error::<T>::StakeTooSmall
		);
		provider.domain = Some(domain);
		let from = provider.state;
		let owner = provider.owner.clone();
		Providers::<T>::insert(id, provider);
		Self::set_state(id, from, state);
		Self::deposit_event(Event::ProviderActivated { provider: id, domain });
		T::OnProviderActivated::on_provider_activated(&owner, domain.operator);
		Ok(())
	}
}
